#include "demo/authored_checks.h"

namespace assay::demo {

std::string_view AuthoredChecks() {
  return R"yaml(# What must hold for the sample data, written by hand. `assay scan --checks` reads this file.

# ---- orders

- rule_type: expectedSchema
  container: orders
  description: Downstream reports read these fields.
  properties: {list: [order_id, customer_id, order_date, status, quantity, unit_price, amount]}
- rule_type: notNull
  container: orders
  fields: [customer_id]
  description: Every order belongs to a customer.
- rule_type: unique
  container: orders
  fields: [order_id]
  description: An order is delivered once.
- rule_type: matchesPattern
  container: orders
  fields: [order_id]
  properties: {pattern: '^ORD-[0-9]{7}$'}
- rule_type: matchesPattern
  container: orders
  fields: [sku]
  properties: {pattern: '^SKU-[A-Z]{3}-[0-9]{4}$'}
  description: Article codes of the catalogue.
- rule_type: expectedValues
  container: orders
  fields: [status]
  properties: {list: [pending, paid, shipped, delivered, cancelled]}
- rule_type: expectedValues
  container: orders
  fields: [currency]
  properties: {list: [EUR, USD, GBP]}
- rule_type: between
  container: orders
  fields: [quantity]
  properties: {min: 1, max: 20}
  description: Larger orders go through the business desk.
- rule_type: notNegative
  container: orders
  fields: [amount]
- rule_type: satisfiesExpression
  container: orders
  properties: {expression: 'abs(amount - quantity * unit_price) < 0.01'}
  description: The amount is that of the items.
- rule_type: satisfiesExpression
  container: orders
  properties: {expression: 'ship_date >= order_date'}
  description: Nothing is shipped before it is ordered.
- rule_type: notNull
  container: orders
  fields: [ship_date]
  filter: "status IN ('shipped', 'delivered')"
  description: What has left has a date.

# ---- customers

- rule_type: unique
  container: customers
  fields: [customer_id]
- rule_type: matchesPattern
  container: customers
  fields: [email]
  properties: {pattern: '^[^@\s]+@[^@\s]+\.[a-z]+$'}
- rule_type: matchesPattern
  container: customers
  fields: [phone]
  properties: {pattern: '^\+[0-9]{2}-[0-9]{3}-[0-9]{7}$'}
  description: International form.
- rule_type: maxLength
  container: customers
  fields: [country]
  properties: {value: 2}
  description: ISO 3166 codes.
- rule_type: expectedValues
  container: customers
  fields: [segment]
  properties: {list: [consumer, business, enterprise]}
- rule_type: notNull
  container: customers
  fields: [loyalty_points]
  description: Always a number; text in it reads as no value.
- rule_type: minValue
  container: customers
  fields: [loyalty_points]
  properties: {value: 0}
- rule_type: notFuture
  container: customers
  fields: [signup_date]
- rule_type: satisfiesExpression
  container: customers
  properties: {expression: 'signup_date > birth_date'}

# ---- events

- rule_type: notNull
  container: events
  fields: [session_id]
- rule_type: matchesPattern
  container: events
  fields: [event_id]
  properties: {pattern: '^evt-[0-9]{12}$'}
- rule_type: expectedValues
  container: events
  fields: [event_type]
  properties: {list: [page_view, search, add_to_cart, checkout, purchase]}
- rule_type: expectedValues
  container: events
  fields: [device.os]
  properties: {list: [ios, android, windows, linux]}
- rule_type: notFuture
  container: events
  fields: [occurred_at]
- rule_type: satisfiesExpression
  container: events
  properties: {expression: 'received_at >= occurred_at'}
  description: Nothing arrives before it happens.
- rule_type: notNegative
  container: events
  fields: [duration_ms]
)yaml";
}

}  // namespace assay::demo
