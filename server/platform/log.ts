import { type DestinationStream, type Logger, pino, type LoggerOptions } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

/** Never in a log, whatever somebody hands in: credentials, cookies, tokens. */
const secrets = [
  'password',
  '*.password',
  'req.headers.cookie',
  'req.headers.authorization',
  'headers.cookie',
  'headers.authorization',
  'token',
  '*.token',
  'url.password',
];

export interface LogConfig {
  readonly level: string;
  readonly pretty: boolean;
}

/** Lines go to the standard output, or to whoever wants to read them. */
export function createLog(config: LogConfig, reader?: DestinationStream): Log {
  const options: LoggerOptions = {
    level: config.level,
    redact: { paths: secrets, censor: '[redacted]' },
    base: null,
  };
  if (reader) return pino(options, reader);
  if (!config.pretty) return pino(options);
  return pino(
    options,
    pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true }),
  );
}
