import { type Config, loadConfig } from '../config.ts'
import { ignoredVariables } from '../ignored-variables.ts'
import { say } from './output.ts'

/** The configuration of this process. Variables without effect are reported on stderr, even if other variables are not valid. @throws ConfigError */
export function configOfEnvironment(): Config {
  for (const sentence of ignoredVariables(process.env)) say(sentence)
  return loadConfig(process.env)
}
