/** How fast and how long the sender works. Lengths are in milliseconds. */
export interface ProbeLimits {
  /** New connections a second, all targets together. */
  readonly perSecond: number;
  /** Exchanges at once, all targets together. */
  readonly atOnce: number;
  /** Exchanges at once with one address. */
  readonly atOncePerTarget: number;
  /** Until the connection must stand. */
  readonly connectMs: number;
  /** From there until the answer must have begun: bytes, a handshake, the end of the HTTP headers. */
  readonly answerMs: number;
  /** The whole exchange, connecting included: whatever drips slowly ends here. */
  readonly wholeMs: number;
  /** Silence after which what TCP brought so far is the answer. */
  readonly quietMs: number;
  /** How long a TLS 1.3 server has to complain of a missing client certificate; it may do so only after the handshake. */
  readonly lateAlertMs: number;
  /** Time that one door may take with all its requests. */
  readonly doorMs: number;
  /** An exchange that takes longer is slow; time that slow ones of one address, and of all, may take. */
  readonly slowMs: number;
  readonly slowPerTargetMs: number;
  readonly slowInAllMs: number;
}

export const usualLimits: ProbeLimits = {
  perSecond: 200,
  atOnce: 40,
  atOncePerTarget: 8,
  connectMs: 1_500,
  answerMs: 4_000,
  wholeMs: 8_000,
  quietMs: 250,
  lateAlertMs: 500,
  doorMs: 240_000,
  slowMs: 750,
  slowPerTargetMs: 900_000,
  slowInAllMs: 16_000_000,
};
