import { Worker } from 'node:worker_threads';
import type { RuleAnswer, RuleRunner } from '../../gate/policy/run-rules.ts';
import type { Guard } from '../../gate/rules/guards.ts';
import type { Asked, Told } from './rule-thread.ts';

/** How rules of users are held. */
export interface RuleThreadOptions {
  /** From the moment the thread begins until it must have answered for every rule. */
  readonly deadlineMs?: number;
  readonly heapMb?: number;
  /** Where the body of the thread is; a bundle puts it beside itself. */
  readonly thread?: URL;
  /** Guards to leave out: for tests. */
  readonly without?: readonly Guard[];
}

export interface RuleThread {
  /** Guard (d): computes rules in a thread that is killed when it takes too long or too much. */
  readonly run: RuleRunner;
  /** Ends the thread that is kept warm. */
  close(): Promise<void>;
}

/** A thread that does not even begin. */
const startMs = 10_000;

export const makeRuleThread = ({
  deadlineMs = 1_000,
  heapMb = 256,
  thread = new URL('./rule-thread.ts', import.meta.url),
  without = [],
}: RuleThreadOptions = {}): RuleThread => {
  let warm: Worker | undefined;
  let runs = 0;
  // one after the other: a thread computes one policy at a time
  let queue: Promise<unknown> = Promise.resolve();

  /** Who listens to the thread at the moment. */
  let hear: { told(told: Told): void; ended(trouble: string): void } | undefined;

  const start = (): Worker => {
    const worker = new Worker(thread, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      env: {},
      stdin: false,
    });
    const ended = (trouble: string): void => {
      if (warm !== worker) return;
      warm = undefined;
      hear?.ended(trouble);
    };
    worker.on('message', (told: Told) => warm === worker && hear?.told(told));
    worker.on('error', (error: Error & { code?: string }) =>
      ended(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? `it was stopped because it took more than ${heapMb} MB`
          : `the thread for rules broke: ${error.message}`,
      ),
    );
    worker.on('exit', () => ended('the thread for rules ended'));
    warm = worker;
    return worker;
  };

  /** What the thread answered until it was done, ended or was killed, and why it stopped early. */
  const ask = (asked: Asked): Promise<{ readonly answers: readonly RuleAnswer[]; readonly trouble?: string }> => {
    const worker = warm ?? start();
    const answers: RuleAnswer[] = [];
    return new Promise((resolve) => {
      const finish = (trouble?: string): void => {
        clearTimeout(clock);
        hear = undefined;
        // kept warm, and no reason for this process to stay alive
        worker.unref();
        resolve({ answers, ...(trouble === undefined ? {} : { trouble }) });
      };
      const kill = (trouble: string): void => {
        warm = undefined;
        void worker.terminate();
        finish(trouble);
      };
      let clock = setTimeout(() => kill('the thread for rules did not start'), startMs);
      hear = {
        told: (told) => {
          if (told.run !== asked.run) return;
          if ('began' in told) {
            clearTimeout(clock);
            clock = setTimeout(() => kill(`it was stopped after ${deadlineMs} ms`), deadlineMs);
          } else if ('answer' in told) answers.push(told.answer);
          else finish(told.trouble);
        },
        ended: finish,
      };
      worker.ref();
      worker.postMessage(asked);
    });
  };

  const run: RuleRunner = async ({ policy, sha256 }, document) => {
    runs += 1;
    const asked: Asked = { run: runs, sha256, policy, document, without };
    const mine = queue.then(() => ask(asked));
    queue = mine;
    const { answers, trouble } = await mine;
    const said = new Map(answers.map((answer) => [answer.id, answer]));
    return policy.spec.validations.map(
      ({ id }): RuleAnswer =>
        said.get(id) ?? { id, outcome: 'error', message: `The rule could not be computed: ${trouble ?? 'nobody answered for it'}.` },
    );
  };

  return {
    run,
    close: async () => {
      const worker = warm;
      warm = undefined;
      await worker?.terminate();
    },
  };
};
