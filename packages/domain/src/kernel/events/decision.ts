/** What a rule decided: the state to store and the facts that led to it. No facts: nothing changed. */
export interface Decision<State, Event> {
  readonly state: State
  readonly events: readonly Event[]
}

export function unchanged<State>(state: State): Decision<State, never> {
  return { state, events: [] }
}
