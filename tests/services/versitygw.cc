#include "tests/services/versitygw.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>
#include <utility>

#include "tests/source_tree.h"

namespace assay::services {
namespace {

constexpr int kAttempts = 3;  // another process may take the port between finding and using it

int FreePort() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  int port = 0;
  if (bind(descriptor, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
      getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0) {
    port = ntohs(address.sin_port);
  }
  close(descriptor);
  return port;
}

struct Outcome {
  int status = -1;
  std::string output;
};

Outcome Run(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> block{};
  for (size_t got; (got = fread(block.data(), 1, block.size(), pipe)) > 0;) {
    outcome.output.append(block.data(), got);
  }
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

std::map<std::string, std::string> ParseLines(const std::string& output) {
  std::map<std::string, std::string> values;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const size_t equals = line.find('=');
    if (equals != std::string::npos) values[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return values;
}

std::string Scripts() {
  return SourceTree() / "tests" / "services";
}

std::string RunDirectory(int port) {
  const char* configured = std::getenv("ASSAY_RUN");
  if (configured != nullptr) return fmt::format("{}/versitygw-{}", configured, port);
  const char* temporary = std::getenv("TMPDIR");
  return fmt::format("{}/assay-run-{}/versitygw-{}", temporary == nullptr ? "/tmp" : temporary,
                     getuid(), port);
}

}  // namespace

Result<VersityGw> VersityGw::Start(const std::string& buckets) {
  std::string output;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const int port = FreePort();
    const Outcome outcome = Run(fmt::format("S3_BUCKETS='{}' '{}/versitygw-up' {} 2>&1",
                                            buckets, Scripts(), port));
    output = outcome.output;
    if (outcome.status != 0) continue;
    auto values = ParseLines(output);
    VersityGw server;
    server.port_ = port;
    server.pid_ = std::atoi(values["S3_PID"].c_str());
    server.endpoint_ = values["S3_ENDPOINT"];
    server.data_directory_ = RunDirectory(port) + "/data";
    return server;
  }
  return Fail(
      ErrorKind::kUnavailable,
      fmt::format("the S3 server for tests cannot be started (it needs Go 1.25 and curl): {}",
                  output));
}

VersityGw::VersityGw(VersityGw&& other) noexcept
    : port_(std::exchange(other.port_, 0)),
      pid_(other.pid_),
      endpoint_(std::move(other.endpoint_)),
      data_directory_(std::move(other.data_directory_)) {}

VersityGw::~VersityGw() {
  if (port_ != 0) Run(fmt::format("'{}/versitygw-down' {} 2>&1", Scripts(), port_));
}

engine::S3Options VersityGw::Options(const std::string& bucket) const {
  engine::S3Options options;
  options.bucket = bucket;
  options.endpoint = endpoint_;
  options.region = "us-east-1";
  return options;
}

auth::AwsCredentialsOptions VersityGw::Credentials() {
  auth::AwsCredentialsOptions credentials;
  credentials.source = auth::AwsCredentialsSource::kStatic;
  credentials.access_key_id = "assay";
  credentials.secret_access_key = Secret("assay-secret-key");
  return credentials;
}

}  // namespace assay::services
