import { parentPort } from 'node:worker_threads';
import { type CompiledPolicy, compilePolicy } from '../../gate/policy/compile.ts';
import type { RuleDocument } from '../../gate/policy/document.ts';
import type { GatePolicy } from '../../gate/policy/policy.ts';
import { type RuleAnswer, runRules } from '../../gate/policy/run-rules.ts';
import { makeCelEngine } from '../../gate/rules/cel-engine.ts';
import type { Guard } from '../../gate/rules/guards.ts';

// The thread that computes rules written by users. It may hang or run out of memory: who started it has a clock and the means to end it.

/** What the thread is asked. */
export interface Asked {
  readonly run: number;
  readonly sha256: string;
  readonly policy: GatePolicy;
  readonly document: RuleDocument;
  /** Guards to leave out: for tests that see this thread stop what they would have. */
  readonly without: readonly Guard[];
}
/** What it says: that it begins, each answer as soon as it has it, and the end. */
export type Told =
  | { readonly run: number; readonly began: true }
  | { readonly run: number; readonly answer: RuleAnswer }
  | { readonly run: number; readonly done: true; readonly trouble?: string };

const port = parentPort;
if (!port) throw new Error('this file is the body of a thread');

let last: { readonly key: string; readonly compiled: CompiledPolicy } | undefined;

const compiledOf = ({ sha256, policy, without }: Asked): CompiledPolicy | string => {
  const key = `${sha256} ${without.join()}`;
  if (last?.key === key) return last.compiled;
  const made = compilePolicy(policy, undefined, makeCelEngine(without));
  if (!made.ok) return made.failure.say;
  last = { key, compiled: made.value };
  return made.value;
};

port.on('message', (asked: Asked) => {
  const tell = (told: Told): void => port.postMessage(told);
  const { run } = asked;
  tell({ run, began: true });
  const compiled = compiledOf(asked);
  if (typeof compiled === 'string') return tell({ run, done: true, trouble: compiled });
  runRules(compiled, asked.document, (answer) => tell({ run, answer }));
  tell({ run, done: true });
});
