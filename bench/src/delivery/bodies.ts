/** So many events of one aggregate follow upon each other. */
export const BURST = 10

const BEGINNING = '{"specversion":"1.0","id":"'
const ID_AT = BEGINNING.length

/** One event, as it is stored and sent. Whoever knows the aggregate and the version knows every byte of the text. */
export interface Body {
  readonly eventId: string
  readonly aggregateId: string
  readonly version: number
  readonly text: string
}

/** The events of `bursts` aggregates that no other run has. */
export function bodies(run: number, bursts: number): readonly Body[] {
  return Array.from({ length: bursts }, (_, burst) => burstOf(aggregateIdOf(run, burst))).flat()
}

/** All events of one aggregate, in order. */
function burstOf(aggregateId: string): readonly Body[] {
  return Array.from({ length: BURST }, (_, index) => bodyOf(aggregateId, index + 1))
}

function bodyOf(aggregateId: string, version: number): Body {
  const eventId = `0e${aggregateId.slice(2, 15)}${version.toString(16).padStart(3, '0')}${aggregateId.slice(18)}`
  return { eventId, aggregateId, version, text: textOf(eventId, aggregateId, version) }
}

/** Whose text this must be, by the id that it begins with. */
export function bodyIn(text: string): Body {
  const eventId = text.slice(ID_AT, ID_AT + 36)
  const aggregateId = `0a${eventId.slice(2, 15)}000${eventId.slice(18)}`
  return bodyOf(aggregateId, Number.parseInt(eventId.slice(15, 18), 16))
}

/** Put together by hand, since the receiver makes each again to compare it. */
function textOf(eventId: string, aggregateId: string, version: number): string {
  const [before, after] = [recordOf(aggregateId, version - 1), recordOf(aggregateId, version)]
  return `${BEGINNING}${eventId}","source":"/daftari","type":"expense.updated","subject":"${aggregateId}","time":"2024-06-30T09:00:00.000Z","datacontenttype":"application/json","aggregatetype":"expense","aggregateversion":${version},"actor":"bench","data":{"before":${before},"after":${after}}}`
}

function recordOf(id: string, version: number): string {
  return `{"id":"${id}","version":${version},"categoryId":"0c000000-0000-7000-8000-000000000001","amount":{"amount":"${version}.00","currency":"TZS"},"expenseDate":"2024-06-30","description":"Nauli ya dala dala, Kariakoo","createdAt":"2024-06-30T09:00:00.000Z","createdBy":"bench","updatedAt":"2024-06-30T09:00:00.000Z"}`
}

function aggregateIdOf(run: number, burst: number): string {
  return `0a000000-${run.toString(16).padStart(4, '0')}-7000-8000-${burst.toString(16).padStart(12, '0')}`
}
