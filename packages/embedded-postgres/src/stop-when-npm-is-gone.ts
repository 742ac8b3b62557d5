const POLL_MS = 500

/**
 * Calls back once when the npm process that runs this script was killed without sending a signal (`kill -9`). Without
 * npm it never calls back. Returns a function that ends the watch. The watch does not keep the process alive.
 */
export function stopWhenNpmIsGone(callback: () => void, pollMs: number = POLL_MS): () => void {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    callback()
  }, pollMs)
  timer.unref()
  return () => clearInterval(timer)
}
