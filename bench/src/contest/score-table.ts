import type { Competition } from './compete.ts'

export function scoreHead(work: string): string[] {
  return [work, 'by', 'per second', 'range', 'Node us', 'PG us', 'ours to it', 'range', 'target', 'verdict']
}

/** A row for each contender, and what ours is worth against it. */
export function scoreRows(name: string, { scores, verdicts }: Competition): string[][] {
  return scores.map(({ name: by, perSecond, nodeUs, serverUs }) => {
    const { median, min, max } = perSecond
    const verdict = verdicts.find(({ against }) => against === by)
    return [
      ...[name, by, median.toFixed(0), `${min.toFixed(0)}-${max.toFixed(0)}`],
      // pgbench is a process of its own.
      ...[by === 'pgbench' ? '-' : nodeUs.toFixed(0), serverUs === null ? '?' : serverUs.toFixed(0)],
      ...(verdict === undefined
        ? []
        : [
            `${verdict.ratio.median.toFixed(2)}x`,
            `${verdict.ratio.min.toFixed(2)}-${verdict.ratio.max.toFixed(2)}`,
            ...(verdict.least === null
              ? ['none']
              : [`>= ${verdict.least}x`, verdict.isReached ? 'ok' : 'MISSED']),
          ]),
    ]
  })
}
