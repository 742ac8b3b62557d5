export { allocate, split } from './allocate.ts'
export { formatAmount, parseAmount } from './amount-text.ts'
export { currencies, decimalsOf, isCurrency } from './currency.ts'
export { displayMoney } from './display-money.ts'
export {
  add,
  compare,
  equals,
  isNegative,
  isPositive,
  isZero,
  negate,
  of,
  subtract,
  sum,
  zero,
} from './money.ts'
export { multiplyByRatio, percentage } from './ratio.ts'
