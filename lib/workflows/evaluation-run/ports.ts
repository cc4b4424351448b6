import type { EvaluationFormat } from '../../evaluations/render.ts';
import type { Evaluation } from '../../gate/evaluation.ts';
import type { RuleRunner } from '../../gate/policy/run-rules.ts';
import type { ScanRunPorts } from '../scan-run/ports.ts';

/** What a durable evaluation works with. */
export interface EvaluationRunPorts
  extends Pick<
    ScanRunPorts,
    'version' | 'records' | 'objects' | 'secrets' | 'events' | 'signer' | 'clock' | 'connector' | 'sleep' | 'log'
  > {
  /** Computes the rules of policies, in a thread that can be killed. */
  readonly rules: RuleRunner;
  /** Renders an evaluation into one format, whole; fonts are the caller's to find. */
  renderEvaluation(format: EvaluationFormat, evaluation: Evaluation): Promise<Uint8Array>;
}
