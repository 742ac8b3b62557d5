export interface Latency {
  readonly p50: number
  readonly p99: number
}

/** How long one call takes, in milliseconds: so many, one after the other, after a tenth of them to warm up. */
export async function latencyOf(view: (turn: number) => Promise<unknown>, calls: number): Promise<Latency> {
  const times: number[] = []
  const warmUp = Math.max(6, Math.ceil(calls / 10))
  for (let turn = 0; turn < warmUp + calls; turn += 1) {
    const start = performance.now()
    await view(turn)
    if (turn >= warmUp) times.push(performance.now() - start)
  }
  times.sort((left, right) => left - right)
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
