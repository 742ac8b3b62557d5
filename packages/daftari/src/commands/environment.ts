import { type Config, loadConfig } from '../config.ts'
import { ignoredVariables } from '../ignored-variables.ts'
import { say } from './output.ts'

/** The configuration of this process. What is set in vain is said, also where the rest has faults. @throws ConfigError */
export function configOfEnvironment(): Config {
  for (const sentence of ignoredVariables(process.env)) say(sentence)
  return loadConfig(process.env)
}
