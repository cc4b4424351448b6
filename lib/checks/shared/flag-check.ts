import type { ComponentName } from '../../core/facts/index.ts';
import type { Outcome, Severity } from '../../core/outcome.ts';
import { type Check, defineCheck, unknown } from '../check.ts';
import { type Settings, settingsOf } from './flags.ts';
import { beginWith, type ControlPlane, controlPlaneSlices, type Instance, judgeInstances } from './instances.ts';

/** What is said of one instance; the sentence has no node in it, so that equal nodes say the same. */
export interface Answer {
  readonly outcome: Outcome;
  readonly message: string;
  readonly repair?: string;
}
export const holds = (message: string): Answer => ({ outcome: 'pass', message });
export const fails = (message: string): Answer => ({ outcome: 'fail', message });
export const needsPerson = (message: string, repair?: string): Answer => ({
  outcome: 'manual',
  message,
  ...(repair === undefined ? {} : { repair }),
});

/** The words of a check of one component. */
export interface Words {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly repair: string;
  readonly lookAt?: string;
}
export type FlagCheck = Check<never, (typeof controlPlaneSlices)[number]>;

/** Judges one instance by its settings: what was read becomes the evidence, and a value that makes no sense makes the answer unknown. */
export const judgeSettings = (instance: Instance, judge: (settings: Settings, instance: Instance) => Answer) => {
  const settings = settingsOf(instance);
  const { outcome, message, repair } = judge(settings, instance);
  const { unclear, evidence } = settings;
  if (unclear.length > 0) {
    const flags = unclear.map((flag) => `--${flag}`).join(', ');
    return unknown(instance.subject, `${beginWith(instance.component)} has a value of ${flags} that cannot be read.`, ...evidence);
  }
  return { subject: instance.subject, outcome, message, evidence, ...(repair === undefined ? {} : { repair }) };
};

/** A check of the settings of every instance of a component. */
export const settingsCheck =
  (component: ComponentName, before?: (settings: Settings) => Answer | undefined) =>
  (words: Words, judge: (settings: Settings, instance: Instance) => Answer): FlagCheck =>
    defineCheck({
      ...words,
      reads: [],
      mayRead: controlPlaneSlices,
      evaluate: (seen: ControlPlane) =>
        judgeInstances(component, seen, (instance) =>
          judgeSettings(instance, (settings, own) => before?.(settings) ?? judge(settings, own)),
        ),
    });

type Define = ReturnType<typeof settingsCheck>;

/** The usual statements about flags of one component. */
export const flagChecks = (component: ComponentName, define: Define = settingsCheck(component)) => {
  const The = beginWith(component);
  return {
    /** A flag has one truth value. `fallback` is its default, `want` what it should be. */
    boolean: ({
      flag,
      fallback,
      want,
      ...words
    }: Words & { readonly flag: string; readonly fallback: boolean; readonly want: boolean }): FlagCheck =>
      define(words, (settings) => {
        const value = settings.boolean(flag, fallback);
        const by = settings.has(flag) ? '' : ', which is the default';
        return (value === want ? holds : fails)(`${The} runs with \`--${flag}=${value}\`${by}.`);
      }),
    /** All of these flags have a value. */
    required: ({ flags, ...words }: Words & { readonly flags: readonly string[] }): FlagCheck =>
      define(words, (settings) => {
        const missing = flags.filter((flag) => settings.text(flag) === '');
        const named = (some: readonly string[]) => some.map((flag) => `\`--${flag}\``).join(' and ');
        return missing.length === 0 ? holds(`${The} has ${named(flags)}.`) : fails(`${The} has no ${named(missing)}.`);
      }),
    /** The component listens on loopback only; its default is every address. */
    loopback: (words: Words): FlagCheck =>
      define(words, (settings) => {
        const address = settings.text('bind-address', '0.0.0.0');
        if (isLoopback(address)) return holds(`${The} listens on loopback only.`);
        if (settings.has('secure-port') && settings.number('secure-port', -1) === 0) return holds(`${The} serves no port at all.`);
        return fails(`${The} listens on ${address === '0.0.0.0' || address === '::' ? 'every address of its node' : address}.`);
      }),
  };
};

/** Whether an address, without port, can be reached from its own host only. */
export const isLoopback = (address: string): boolean => /^(127(\.\d{1,3}){3}|\[?::1\]?|localhost)$/.test(address);
