import type { Door, DoorState, Exchange, ProbeAnswer, ProbeRequest } from '../core/probing/index.ts';

/**
 * The one way in which probes reach the network. It knows which doors are allowed and refuses every other, paces itself (per target and in all), gives up in
 * bounded time and memory whatever the other side does, follows no redirect, resolves no name, sends no credential (but the token that a user gave for it, to the API server alone), and notes every request. Never throws.
 */
export interface ProbeSender {
  /** Whether a TCP door is open. `udp` doors are always `open`: only a question tells. */
  knock(door: Door): Promise<DoorState>;
  /** Sends one request on a connection of its own. `probe` is named in the user agent and in the annex. */
  send(door: Door, request: ProbeRequest, probe: string): Promise<ProbeAnswer>;
  /** Every request so far, knocks included, in the order of sending. */
  readonly exchanges: readonly Exchange[];
  /** Requests that got a connection and then no answer in time. */
  readonly timedOut: number;
  close(): void;
}
