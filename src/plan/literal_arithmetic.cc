#include "plan/literal_arithmetic.h"

#include <algorithm>

#include "plan/number_text.h"

namespace assay::plan {
namespace {

/// A number as an integer of decimal digits, the last first, divided by 10^scale.
struct Digits {
  bool negative = false;
  std::string reversed;
  size_t scale = 0;
};

Digits DigitsOf(const Literal& number) {
  const DecimalDigits read = ReadDecimal(number.text).value_or(DecimalDigits{});
  std::string digits = read.whole + read.fraction;
  std::ranges::reverse(digits);
  return {read.negative, std::move(digits), read.fraction.size()};
}

void Align(Digits& a, Digits& b) {
  const size_t scale = std::max(a.scale, b.scale);
  for (Digits* side : {&a, &b}) {
    side->reversed.insert(0, scale - side->scale, '0');
    side->scale = scale;
  }
  const size_t size = std::max(a.reversed.size(), b.reversed.size());
  for (Digits* side : {&a, &b}) side->reversed.resize(size, '0');
}

Literal ToLiteral(Digits digits) {
  std::string& text = digits.reversed;
  if (text.size() <= digits.scale) text.resize(digits.scale + 1, '0');
  std::ranges::reverse(text);
  const size_t point = text.size() - digits.scale;
  const DecimalDigits canonical = *ReadDecimal(
      (digits.negative ? "-" : "") + text.substr(0, point) + "." + text.substr(point));
  return {canonical.fraction.empty() ? LiteralKind::kInteger : LiteralKind::kDecimal,
          canonical.Text()};
}

/// Of two aligned numbers of the same sign.
Digits AddMagnitudes(const Digits& a, const Digits& b) {
  Digits sum{a.negative, "", a.scale};
  int carry = 0;
  for (size_t i = 0; i < a.reversed.size(); ++i) {
    const int digit = (a.reversed[i] - '0') + (b.reversed[i] - '0') + carry;
    sum.reversed += static_cast<char>('0' + digit % 10);
    carry = digit / 10;
  }
  if (carry > 0) sum.reversed += '1';
  return sum;
}

/// Of two aligned numbers, the first at least as large as the second.
Digits SubtractMagnitudes(const Digits& a, const Digits& b) {
  Digits difference{a.negative, "", a.scale};
  int borrow = 0;
  for (size_t i = 0; i < a.reversed.size(); ++i) {
    const int digit = (a.reversed[i] - '0') - (b.reversed[i] - '0') - borrow;
    borrow = digit < 0 ? 1 : 0;
    difference.reversed += static_cast<char>('0' + digit + 10 * borrow);
  }
  return difference;
}

bool IsDouble(const Literal& a, const Literal& b) {
  return a.kind == LiteralKind::kDouble || b.kind == LiteralKind::kDouble;
}

double ToDouble(const Literal& number) {
  return ReadDouble(number.text).value_or(0);
}

}  // namespace

Literal Plus(const Literal& a, const Literal& b) {
  if (IsDouble(a, b)) return Literal::Double(ToDouble(a) + ToDouble(b));
  Digits x = DigitsOf(a);
  Digits y = DigitsOf(b);
  Align(x, y);
  if (x.negative == y.negative) return ToLiteral(AddMagnitudes(x, y));
  const bool x_is_larger = !std::lexicographical_compare(
      x.reversed.rbegin(), x.reversed.rend(), y.reversed.rbegin(), y.reversed.rend());
  return ToLiteral(x_is_larger ? SubtractMagnitudes(x, y) : SubtractMagnitudes(y, x));
}

Literal Minus(const Literal& a, const Literal& b) {
  Literal negated = b;
  if (negated.text.starts_with('-')) {
    negated.text.erase(0, 1);
  } else {
    negated.text.insert(0, "-");
  }
  return Plus(a, negated);
}

Literal Times(const Literal& a, const Literal& b) {
  if (IsDouble(a, b)) return Literal::Double(ToDouble(a) * ToDouble(b));
  const Digits x = DigitsOf(a);
  const Digits y = DigitsOf(b);
  Digits product{x.negative != y.negative,
                 std::string(x.reversed.size() + y.reversed.size() + 1, '0'),
                 x.scale + y.scale};
  for (size_t i = 0; i < x.reversed.size(); ++i) {
    int carry = 0;
    for (size_t j = 0; j < y.reversed.size() || carry > 0; ++j) {
      const int factor = j < y.reversed.size() ? y.reversed[j] - '0' : 0;
      const int digit =
          (product.reversed[i + j] - '0') + (x.reversed[i] - '0') * factor + carry;
      product.reversed[i + j] = static_cast<char>('0' + digit % 10);
      carry = digit / 10;
    }
  }
  return ToLiteral(std::move(product));
}

Literal Magnitude(const Literal& number) {
  Literal magnitude = number;
  if (magnitude.text.starts_with('-')) magnitude.text.erase(0, 1);
  return magnitude;
}

}  // namespace assay::plan
