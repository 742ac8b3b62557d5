const SIGNALS = ['SIGTERM', 'SIGINT'] as const

type Watch = (callback: () => void) => () => void

/** Stops once, for a signal or for the end of the npm that runs us; a second signal ends the process at once. */
export function onShutdownSignal(stop: (cause: string) => Promise<void>, watchNpm: Watch): void {
  let isStopping = false
  function begin(cause: string): void {
    isStopping = true
    endWatch()
    void stop(cause).finally(() => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    })
  }
  function onSignal(signal: NodeJS.Signals): void {
    if (isStopping) process.exit(1)
    begin(signal)
  }
  const endWatch = watchNpm(() => {
    if (!isStopping) begin('npm is gone')
  })
  for (const signal of SIGNALS) process.on(signal, onSignal)
}
