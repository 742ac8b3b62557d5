/** Holds the lock of a directory until its stdin closes. */
import { lockDataDir } from '../../src/index.ts'

const { dataDir, platform } = JSON.parse(process.argv[2] ?? '{}')
await lockDataDir(dataDir, undefined, platform)
console.log(JSON.stringify({ server: {} }))
process.stdin.resume()
