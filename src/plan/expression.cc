#include "plan/expression.h"
