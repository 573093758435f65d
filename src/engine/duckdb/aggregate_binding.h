// What our aggregates have in common: a collector object passed by address, and a state that is
// one pointer.

#pragma once

#include "duckdb/execution/expression_executor.hpp"
#include "duckdb/planner/expression.hpp"
#include "engine/duckdb/duckdb_library.h"

namespace assay::engine {

/// Bind data: the object that a query's aggregate fills. The address comes from SQL that only
/// we write, as the first argument.
template <class Collector>
struct CollectorBinding final : public duckdb::FunctionData {
  explicit CollectorBinding(Collector* bound) : collector(bound) {}
  duckdb::unique_ptr<duckdb::FunctionData> Copy() const override {
    return duckdb::make_uniq<CollectorBinding>(collector);
  }
  bool Equals(const duckdb::FunctionData& other) const override {
    return collector == other.Cast<CollectorBinding>().collector;
  }

  static duckdb::unique_ptr<duckdb::FunctionData> Bind(
      duckdb::ClientContext& context, duckdb::AggregateFunction& function,
      duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
    const duckdb::Value address =
        duckdb::ExpressionExecutor::EvaluateScalar(context, *arguments[0]);
    duckdb::Function::EraseArgument(function, arguments, 0);
    // The declared ANY becomes the types that are there, so that nothing is cast.
    function.arguments.clear();
    for (const auto& argument : arguments) function.arguments.push_back(argument->return_type);
    function.varargs = duckdb::LogicalType::INVALID;
    return duckdb::make_uniq<CollectorBinding>(
        reinterpret_cast<Collector*>(address.GetValue<uint64_t>()));
  }

  Collector* collector;
};

/// The state of an aggregate whose working object lives on the heap; made by the first batch.
/// Local must have: Local(Collector&), Update(Vector inputs[], count), Combine(Local&),
/// Deliver().
template <class Collector, class Local>
struct PointerAggregate {
  struct State {
    Local* local;
  };

  static Collector& CollectorOf(duckdb::AggregateInputData& input) {
    return *input.bind_data->Cast<CollectorBinding<Collector>>().collector;
  }
  static State& StateAt(duckdb::Vector& states, duckdb::idx_t i) {
    duckdb::UnifiedVectorFormat format;
    states.ToUnifiedFormat(i + 1, format);
    return **(duckdb::UnifiedVectorFormat::GetData<State*>(format) + format.sel->get_index(i));
  }
  static duckdb::idx_t Size(const duckdb::AggregateFunction&) { return sizeof(State); }
  static void Initialize(const duckdb::AggregateFunction&, duckdb::data_ptr_t state) {
    reinterpret_cast<State*>(state)->local = nullptr;
  }
  static void SimpleUpdate(duckdb::Vector inputs[], duckdb::AggregateInputData& input,
                           duckdb::idx_t, duckdb::data_ptr_t state, duckdb::idx_t count) {
    Local*& local = reinterpret_cast<State*>(state)->local;
    if (!local) local = new Local(CollectorOf(input));
    local->Update(inputs, count);
  }
  static void Update(duckdb::Vector[], duckdb::AggregateInputData&, duckdb::idx_t,
                     duckdb::Vector&, duckdb::idx_t) {
    throw duckdb::InternalException("this aggregate has no GROUP BY form");
  }
  static void Combine(duckdb::Vector& source, duckdb::Vector& target,
                      duckdb::AggregateInputData&, duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) {
      State& from = StateAt(source, i);
      State& into = StateAt(target, i);
      if (!from.local) continue;
      if (!into.local) {
        std::swap(into.local, from.local);
      } else {
        into.local->Combine(*from.local);
      }
    }
  }
  static void Finalize(duckdb::Vector& states, duckdb::AggregateInputData&,
                       duckdb::Vector& result, duckdb::idx_t count, duckdb::idx_t offset) {
    for (duckdb::idx_t i = 0; i < count; ++i) {
      State& state = StateAt(states, i);
      const int64_t rows = state.local ? state.local->Deliver() : 0;
      result.SetValue(i + offset, duckdb::Value::BIGINT(rows));
    }
  }
  static void Destroy(duckdb::Vector& states, duckdb::AggregateInputData&,
                      duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) {
      State& state = StateAt(states, i);
      delete state.local;
      state.local = nullptr;
    }
  }

  static duckdb::AggregateFunction Make(const std::string& name,
                                        duckdb::vector<duckdb::LogicalType> leading_arguments) {
    duckdb::AggregateFunction function(
        name, std::move(leading_arguments), duckdb::LogicalType::BIGINT, Size, Initialize,
        Update, Combine, Finalize, duckdb::FunctionNullHandling::SPECIAL_HANDLING, SimpleUpdate,
        CollectorBinding<Collector>::Bind, Destroy);
    function.varargs = duckdb::LogicalType::ANY;
    function.order_dependent = duckdb::AggregateOrderDependent::NOT_ORDER_DEPENDENT;
    return function;
  }
};

}  // namespace assay::engine
