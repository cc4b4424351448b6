/** How large and how patient each function is. Memory also buys processor: 1,769 MB are one core. */
export interface Size {
  readonly memoryMb: number;
  /** Of one invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** How often Lambda tries an asynchronous invocation again after an error of the handler. */
  readonly retries: 0 | 1 | 2;
  /** Seconds after which an asynchronous invocation that waits is given up and goes to the dead letters. */
  readonly maxAgeSeconds: number;
  /** Part of the errors within five minutes that is still nobody's business. */
  readonly toleratedErrors: number;
  /** For functions that run durably: how long one run may take in all, waits included, and for how many days its history can be read and its name is taken. */
  readonly durable?: { readonly hours: number; readonly historyDays: number };
}

export const functionNames = ['api', 'dispatch', 'scan', 'deliver'] as const;
export type FunctionName = (typeof functionNames)[number];

export const sizes: Readonly<Record<FunctionName, Size>> = {
  // an HTTP API gives up after 30 s; the function must have answered before
  api: { memoryMb: 1024, timeoutSeconds: 28, retries: 0, maxAgeSeconds: 60, toleratedErrors: 0 },
  // a tick that is late heals itself with the next one, so an old tick is worth nothing
  dispatch: { memoryMb: 1024, timeoutSeconds: 55, retries: 0, maxAgeSeconds: 120, toleratedErrors: 1 },
  // steps have deadlines well below it (a step that Lambda cuts off records nothing), see lib/workflows
  scan: {
    memoryMb: 1769,
    timeoutSeconds: 900,
    retries: 2,
    maxAgeSeconds: 6 * 3600,
    toleratedErrors: 0,
    durable: { hours: 24, historyDays: 14 },
  },
  // one try takes 15 s at most; receivers can ask for four waits of an hour. Whoever tells an event again does so within minutes
  deliver: {
    memoryMb: 512,
    timeoutSeconds: 60,
    retries: 2,
    maxAgeSeconds: 6 * 3600,
    toleratedErrors: 0,
    durable: { hours: 6, historyDays: 3 },
  },
};
