import { type Logger, pino, type LoggerOptions } from 'pino';
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

export function createLog(config: LogConfig): Log {
  const options: LoggerOptions = {
    level: config.level,
    redact: { paths: secrets, censor: '[redacted]' },
    base: null,
  };
  if (!config.pretty) return pino(options);
  return pino(
    options,
    pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true }),
  );
}
