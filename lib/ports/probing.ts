import type { Result } from '../core/failure.ts';
import type { Vantage } from '../core/finding.ts';
import type { Door } from '../core/probing/index.ts';
import type { ProbeSender } from './probe-sender.ts';

export interface SenderRequest {
  readonly scanId: string;
  readonly vantage: Vantage;
  /** The allow-list: nothing else is ever contacted. */
  readonly doors: readonly Door[];
  readonly signal: AbortSignal;
}

/** What a penetration scan needs of the machine it runs on. */
export interface Probing {
  /** Version of Gatehouse, for user agents. */
  readonly version: string;
  /** Whether its senders have a token for requests that ask for one (`withToken`). */
  readonly hasToken?: boolean;
  sender(request: SenderRequest): ProbeSender;
  /** The addresses of the API server's own name, which comes from the kubeconfig; no other name is ever resolved. */
  addressesOf(host: string): Promise<Result<readonly string[]>>;
  /** Text of the program that looks from a pod: one ES module that needs nothing but Node.js. */
  podProgram(): Promise<string>;
}
