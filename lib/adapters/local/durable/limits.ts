/** What a run may use. The defaults are what the service in AWS allows, or less. */
export interface DurableLimits {
  /** Bytes of what one operation keeps, and of a run's payload and of what it returns. */
  readonly operationBytes: number;
  /** Bytes of a run's whole history. */
  readonly executionBytes: number;
  /** Operations of one run. */
  readonly operations: number;
  /** Operations per page when a history is read. */
  readonly pageSize: number;
  /** Invocations in a row that may end without having got anywhere, be it that they threw or that the process was killed. */
  readonly stumbles: number;
}

export const defaultLimits: DurableLimits = {
  operationBytes: 256 * 1024,
  executionBytes: 100 * 1024 * 1024,
  operations: 3000,
  pageSize: 500,
  stumbles: 10,
};
