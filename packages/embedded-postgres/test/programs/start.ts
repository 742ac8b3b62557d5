/** Starts a server as its arguments say, prints one line of JSON, and stops when its stdin closes. */
import { startEmbeddedPostgres, startTemporaryPostgres } from '../../src/index.ts'

const { temporary = false, url, ...options } = JSON.parse(process.argv[2] ?? '{}')
const log: string[] = []

try {
  const given = { ...options, log: (line: string) => log.push(line), describe: () => (url ? { url } : {}) }
  const server = await (temporary ? startTemporaryPostgres(given) : startEmbeddedPostgres(given))
  const { connectionString, pid, dataDir, notice } = server
  console.log(JSON.stringify({ server: { connectionString, pid, dataDir, notice, log } }))
  process.stdin.resume().on('end', () => server.stop())
  const { wasAsked } = await server.exited
  // What a service does: without its database it has nothing to serve.
  if (!wasAsked) process.exit(3)
} catch (error) {
  const { code, message, holder } = error as Error & { code?: string; holder?: unknown }
  console.log(JSON.stringify({ error: { code, message, holder } }))
  process.exitCode = 1
}
process.stdin.destroy()
