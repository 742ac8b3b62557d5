import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRanges, wholeFile } from './files/ranges.ts'
import { S3Place } from './files/s3-place.ts'
import { sha256sumMs, type Uploaded, uploadMany } from './files/uploads.ts'
import { type BenchOptions, type Outcome, type Spread, spread, table } from './measure.ts'

const MEGABYTE = 1_000_000
const FILE_BYTES = 50 * MEGABYTE
const AT_ONCE = 4
const GROWTH_MB = 64
const S3_GROWTH_MB = 96
const LEAST_OF_HASHING = 0.8
const LEAST_OF_READING = 0.5
const RANGE_TURNS = 10

interface Target {
  readonly what: string
  readonly figure: Spread
  readonly limit: string
  /** `null` where there is nothing to reach, only to see. */
  readonly isReached: boolean | null
}

/**
 * Four files of 50 MB at once, received and stored by a store of its own process each time, beside `sha256sum` on the
 * same bytes; and a stored file in ranges of 1 MiB, beside reading it as a file. Without HTTP.
 */
export async function benchFiles({ isQuick }: BenchOptions): Promise<Outcome> {
  const isBusy = (loadavg()[0] ?? 0) > availableParallelism()
  const folder = await mkdtemp(join(tmpdir(), 'daftari-bench-files-'))
  const path = join(folder, 'file')
  const repetitions = isQuick ? 2 : 5
  try {
    await writeFile(path, randomBytes(FILE_BYTES))
    const targets = [
      ...(await uploadsIntoFolder(folder, path, repetitions)),
      await rangesOfFolder(folder, path, repetitions),
      ...(await uploadsIntoS3(folder, path, repetitions)),
    ]
    console.log(table([['files', 'median', 'range', 'limit', 'verdict'], ...targets.map(targetRow)]))
    const shown = targets.map(({ what, figure }) => `${what} ${figure.median.toFixed(2)}`).join(', ')
    return {
      isReached: targets.every(({ isReached }) => isReached !== false),
      summary: `files ${shown}${isBusy ? ' (noisy machine)' : ''}`,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function targetRow({ what, figure: { median, min, max }, limit, isReached }: Target): string[] {
  const verdict = isReached === null ? '' : isReached ? 'ok' : 'MISSED'
  return [what, median.toFixed(2), `${min.toFixed(2)}-${max.toFixed(2)}`, limit, verdict]
}

interface Upload {
  readonly uploaded: Uploaded
  readonly hashingMs: number
}

/** In turns with `sha256sum`; the first turn warms up. */
async function uploads(
  path: string,
  repetitions: number,
  upload: () => Promise<Uploaded>,
): Promise<Upload[]> {
  const turns: Upload[] = []
  for (let turn = 0; turn <= repetitions; turn += 1) {
    turns.push({ hashingMs: await sha256sumMs(path, AT_ONCE), uploaded: await upload() })
  }
  return turns.slice(1)
}

const growthMb = (turns: readonly Upload[]): Spread =>
  spread(turns.map(({ uploaded }) => uploaded.growthBytes / MEGABYTE))

const ofHashing = (turns: readonly Upload[]): Spread =>
  spread(turns.map(({ uploaded, hashingMs }) => hashingMs / uploaded.elapsedMs))

async function uploadsIntoFolder(folder: string, path: string, repetitions: number): Promise<Target[]> {
  const turns = await uploads(path, repetitions, async () => {
    const place = join(folder, 'uploads')
    const uploaded = await uploadMany({ folder: place }, AT_ONCE, path)
    await rm(place, { recursive: true })
    return uploaded
  })
  return [
    atMost('folder: memory grown, MB', growthMb(turns), GROWTH_MB),
    atLeast('folder: speed of sha256sum', ofHashing(turns), LEAST_OF_HASHING),
  ]
}

async function uploadsIntoS3(folder: string, path: string, repetitions: number): Promise<Target[]> {
  const place = S3Place.open(join(folder, 'receiving'))
  if (place === null) {
    console.log('files: S3 was not measured: S3_ENDPOINT does not name a server')
    return []
  }
  try {
    const turns = await uploads(path, repetitions, () => uploadMany(place.newBucket(), AT_ONCE, path))
    return [
      atMost('S3: memory grown, MB', growthMb(turns), S3_GROWTH_MB),
      { what: 'S3: speed of sha256sum', figure: ofHashing(turns), limit: 'none', isReached: null },
    ]
  } finally {
    await place.removeFiles()
  }
}

async function rangesOfFolder(folder: string, path: string, repetitions: number): Promise<Target> {
  const ranges = await readRanges(join(folder, 'ranges'), path)
  const ratios: number[] = []
  // A turn is short, so that whatever else the machine does in it counts for much.
  for (let turn = 0; turn <= repetitions * RANGE_TURNS; turn += 1) {
    const before = turn % 2 === 0 ? await ranges() : null
    const theirs = await wholeFile(path)
    const ours = before ?? (await ranges())
    if (turn > 0) ratios.push(theirs / ours)
  }
  return atLeast('folder: ranges, speed of the file', spread(ratios), LEAST_OF_READING)
}

function atMost(what: string, figure: Spread, limit: number): Target {
  return { what, figure, limit: `<= ${limit}`, isReached: figure.max <= limit }
}

function atLeast(what: string, figure: Spread, limit: number): Target {
  return { what, figure, limit: `>= ${limit}`, isReached: figure.median >= limit }
}
