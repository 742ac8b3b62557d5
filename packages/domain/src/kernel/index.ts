import * as money from './money/index.ts'

export { formatInstant, type Instant, instant, parseInstant } from './calendar/instant.ts'
export {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dayNumberOf,
  daysBetween,
  type LocalDate,
  type LocalMonth,
  localDateOfDayNumber,
  monthOf,
  parseLocalDate,
} from './calendar/local-date.ts'
export { isTimeZone, localDateAt, type TimeZone } from './calendar/time-zone.ts'
export { type AnyDomainError, DomainError, isDomainError } from './errors/domain-error.ts'
export type { FieldError, FieldErrorCode } from './errors/field-error.ts'
export { type Decision, unchanged } from './events/decision.ts'
export type { Fact } from './events/fact.ts'
export type { Occasion } from './events/occasion.ts'
export { type Id, isUuid } from './identity/id.ts'
export type { Recorded } from './identity/recorded.ts'
export type { Currency } from './money/currency.ts'
export type { DisplayLocale } from './money/display-money.ts'
export type { Money } from './money/money.ts'
export type { Rounding } from './money/ratio.ts'
export { compareText } from './text/compare-text.ts'
export { foldName } from './text/fold-name.ts'
export { foldWords } from './text/fold-words.ts'
export { parseName } from './text/parse-name.ts'
export { parseText } from './text/parse-text.ts'
export type { ParsedText, TextFault } from './text/parsed-text.ts'
export { money }
