/** What the engine reports. Codes never change. */
export type DurableLogCode =
  | 'DURABLE_RUN_STARTED'
  | 'DURABLE_RUN_INVOKED'
  | 'DURABLE_RUN_WAITS'
  | 'DURABLE_RUN_LEFT'
  | 'DURABLE_RUN_STUMBLED'
  | 'DURABLE_RUN_ENDED'
  | 'DURABLE_END_NOT_TOLD'
  | 'DURABLE_ENGINE_FAULT';

/** Takes one line: a code, the run, and a few words; never payloads. */
export type DurableLog = (code: DurableLogCode, fields: Readonly<Record<string, string | number>>) => void;

export const say = (error: unknown): string => (error instanceof Error ? error.message : String(error));
