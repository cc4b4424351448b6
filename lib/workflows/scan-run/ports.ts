import type { Clock } from '../../ports/clock.ts';
import type { ClusterConnector } from '../../ports/cluster-connector.ts';
import type { EventPublisher } from '../../ports/events.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import type { Signer } from '../../ports/signer.ts';
import type { Records } from '../../records/index.ts';
import type { Format } from '../../reports/renderers/renderer.ts';
import type { Report } from '../../reports/report.ts';

/** What a durable scan run works with. */
export interface ScanRunPorts {
  readonly version: string;
  readonly records: Records;
  readonly objects: ObjectStore;
  readonly secrets: SecretStore;
  readonly events: EventPublisher;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly connector: ClusterConnector;
  /** Renders a report into one format, whole; fonts are the caller's to find. */
  render(format: Format, report: Report): Promise<Uint8Array>;
  /** Waits so many milliseconds, or until the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Writes a line of the operational log: a code that never changes, and fields. Never anything secret. */
  log(code: string, fields: Readonly<Record<string, string | number | undefined>>): void;
}

/** Ends the process of a workflow step with a retry: what was tried may work the next time. The name is what the retry strategy looks for. */
export class RetryThis extends Error {
  override readonly name = 'RetryThis';
}
