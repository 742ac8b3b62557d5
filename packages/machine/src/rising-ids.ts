import { randomBytes, randomInt } from 'node:crypto'
import type { Clock, Ids } from '@daftari/application'
import { v7 } from 'uuid'

const HIGHEST_START = 0x7fff_ffff
const HIGHEST = 0xffff_ffff
const RANDOM_BYTES = 16
const KEPT_BYTES = RANDOM_BYTES * 256

/** Makes UUIDv7 that rise within this process, even within one millisecond and when the clock is set back. */
export function risingIds(clock: Clock): Ids {
  let msecs = 0
  let seq = 0
  let kept = randomBytes(KEPT_BYTES)
  let used = 0

  /** Random bytes are requested for many ids at once; each id uses its own part. */
  function random(): Uint8Array {
    if (used === KEPT_BYTES) {
      kept = randomBytes(KEPT_BYTES)
      used = 0
    }
    used += RANDOM_BYTES
    return kept.subarray(used - RANDOM_BYTES, used)
  }

  return {
    next<Id extends string>(): Id {
      const now = clock.now()
      if (now > msecs || seq === HIGHEST) {
        msecs = Math.max(now, msecs + 1)
        seq = randomInt(HIGHEST_START)
      } else {
        seq += 1
      }
      return v7({ msecs, seq, random: random() }) as Id
    },
  }
}
