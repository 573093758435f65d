// E-mail addresses, URLs, and addresses of networks and machines.

#include "rules/formats/groups.h"

namespace assay::rules::formats {
namespace {

// RFC 1123: letters, digits and hyphens, none at an end.
constexpr const char* kLabel = "[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?";
constexpr const char* kLastLabel = "[A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?";
constexpr const char* kByte = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
// RFC 5322: a dot-atom.
constexpr const char* kAtom = "[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+";

std::string Ipv4() {
  return std::string(kByte) + "(?:\\." + kByte + "){3}";
}

std::string HostName() {
  return std::string("(?:") + kLabel + "\\.)*" + kLastLabel;
}

plan::Expression AtMostCharacters(plan::Expression text, int64_t most) {
  return plan::AtMost(plan::CharacterLength(std::move(text)), plan::Literal::Integer(most));
}

Format Email() {
  const std::string atom = kAtom;
  return {.name = "email",
          .title = "e-mail address",
          .doc =
              "An address of ASCII characters: atoms of RFC 5322 apart by single dots (64 "
              "characters at most), @, and a host name of two labels or more whose last "
              "begins with a letter; 254 characters at most. No quoted names, comments or "
              "IP addresses.",
          .pattern = atom + "(?:\\." + atom + ")*@(?:" + kLabel + "\\.)+" + kLastLabel,
          .validate =
              [](plan::Expression text) {
                return plan::And(plan::MatchesRegex(text, "^[^@]{1,64}@"),
                                 AtMostCharacters(text, 254));
              },
          .valid = {"jane.doe+news@mail.example.org", "o'hara@example.co", "a@b.museum"},
          .invalid = {"jane.doe", "@example.org", "jane@", "jane@example",
                      "jane..doe@example.org", ".jane@example.org", "jane@-example.org",
                      "jane@example.org ", "jane doe@example.org", "a@b@example.org",
                      "jane@example.123", std::string(65, 'x') + "@example.org"}};
}

Format Url() {
  return {
      .name = "url",
      .title = "URL",
      .doc =
          "http, https or ftp (in any letter case), `://`, perhaps `user:password@`, a host "
          "name, IPv4 address or bracketed IPv6 address, perhaps a port, and perhaps a "
          "path, query or fragment without white space, quotation marks, `<` and `>`.",
      .pattern = "(?:(?i:https?|ftp)://)(?:[0-9A-Za-z._~!$&'()*+,;=:%-]+@)?(?:" + HostName() +
                 "\\.?|" + Ipv4() + "|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?" +
                 "(?:[/?#][^\\s\"<>]*)?",
      .valid = {"https://example.org/a?b=c#d", "HTTP://localhost:8080", "ftp://10.0.0.1/x",
                "http://u:p@example.org", "http://[2001:db8::1]:80/"},
      .invalid = {"example.org", "https://", "https:///path", "mailto:a@example.org",
                  "https://exa mple.org", "https://example.org/a b", "http://-a.org",
                  "http://example.org:123456"}};
}

}  // namespace

std::vector<Format> Internet() {
  return {
      Email(),
      Url(),
      {.name = "hostname",
       .title = "host name",
       .doc = "Labels of 1 to 63 ASCII letters, digits and hyphens (none at an end) apart by "
              "dots, the last beginning with a letter; 253 characters at most. One label alone "
              "is enough; no dot at the end.",
       .pattern = HostName(),
       .validate = [](plan::Expression text) { return AtMostCharacters(std::move(text), 253); },
       .valid = {"www.example.org", "localhost", "a-1.b2"},
       .invalid = {"-a.org", "a-.org", "a..org", "a.org.", "a_b.org", "10.0.0.1", "",
                   std::string(64, 'a')}},
      {.name = "ipv4",
       .title = "IPv4 address",
       .doc = "Four decimal numbers from 0 to 255 apart by dots, without zeros in front.",
       .pattern = Ipv4(),
       .valid = {"192.168.0.1", "0.0.0.0", "255.255.255.255"},
       .invalid = {"256.1.1.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4/8", "::1"}},
      {.name = "ipv6",
       .title = "IPv6 address",
       .doc =
           "Any form of RFC 4291, also with `::` or an IPv4 address at the end; without zone "
           "and prefix length.",
       .pattern = "[0-9A-Fa-f:.]{2,45}",
       .validate = [](plan::Expression text) { return plan::TextIs(std::move(text), "ipv6"); },
       .valid = {"2001:db8::ff00:42:8329", "::", "::ffff:192.0.2.1", "FE80::1"},
       .invalid = {"2001:db8::1::2", "12345::", "1:2:3:4:5:6:7", "fe80::1%eth0", "::/8",
                   "10.0.0.1"}},
      {.name = "ip",
       .title = "IP address",
       .doc = "An address as of `ipv4` or `ipv6`.",
       .pattern = "[0-9A-Fa-f:.]{2,45}",
       .validate =
           [](plan::Expression text) {
             return plan::Or(plan::MatchesRegex(text, "^" + Ipv4() + "$"),
                             plan::TextIs(text, "ipv6"));
           },
       .valid = {"10.0.0.1", "::1"},
       .invalid = {"10.0.0", "10.0.0.256", "1::2::3", "host"}},
      {.name = "mac_address",
       .title = "MAC address",
       .doc =
           "Six pairs of hexadecimal digits apart by colons or by hyphens, or three groups of "
           "four apart by dots.",
       .pattern = "[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})|"
                  "[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){2}",
       .valid = {"00:1A:2b:3C:4D:5e", "00-1A-2B-3C-4D-5E", "001a.2b3c.4d5e"},
       .invalid = {"00:1A:2B:3C:4D", "00:1A-2B:3C:4D:5E", "001A2B3C4D5E", "00:1A:2B:3C:4D:5G"}},
  };
}

}  // namespace assay::rules::formats
