/** The result of a rule: the new state to store and the events that record the change. Without events, nothing changed. */
export interface Decision<State, Event> {
  readonly state: State
  readonly events: readonly Event[]
}

export function unchanged<State>(state: State): Decision<State, never> {
  return { state, events: [] }
}
