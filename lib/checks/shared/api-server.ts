import { type Answer, type FlagCheck, fails, flagChecks, holds, needsPerson, settingsCheck, type Words } from './flag-check.ts';
import type { Settings } from './flags.ts';

/** A check of the settings of every API server instance. */
export const apiServerCheck = settingsCheck('kube-apiserver');
/** The usual statements about flags of the API server. */
export const apiServerFlags = flagChecks('kube-apiserver');

/** Whether an admission plugin runs: the deprecated `--admission-control` names all of them; else enabling one wins over disabling it. */
export const runsPlugin = (settings: Settings, plugin: string, isDefault: boolean): boolean => {
  if (settings.has('admission-control')) return settings.list('admission-control').includes(plugin);
  if (settings.list('enable-admission-plugins').includes(plugin)) return true;
  return isDefault && !settings.list('disable-admission-plugins').includes(plugin);
};

/** An admission plugin runs, or does not. */
export const admissionPluginCheck = ({
  plugin,
  isDefault = false,
  wanted = true,
  also,
  ...words
}: Words & {
  readonly plugin: string;
  /** Whether Kubernetes runs it unless told otherwise. */
  readonly isDefault?: boolean;
  readonly wanted?: boolean;
  /** Asked when the plugin runs as wanted: an answer that says more. */
  also?(settings: Settings): Answer | undefined;
}): FlagCheck =>
  apiServerCheck(words, (settings) => {
    const runs = runsPlugin(settings, plugin, isDefault);
    if (runs !== wanted) return fails(`The admission plugin ${plugin} ${runs ? 'runs' : 'does not run'}.`);
    return also?.(settings) ?? holds(`The admission plugin ${plugin} ${runs ? 'runs' : 'does not run'}.`);
  });

/** First Kubernetes 1.x minor with default limits of audit logs; before, they are 0, which is none. */
const auditDefaultsMinor = 36;

/** A limit of the audit log is at least `least`. Without a log there is nothing to limit, and nothing is kept. */
export const auditLimitCheck = ({
  flag,
  least,
  byDefault,
  unit,
  ...words
}: Words & {
  readonly flag: string;
  readonly least: number;
  /** The default from Kubernetes 1.36. */
  readonly byDefault: number;
  readonly unit: string;
}): FlagCheck =>
  apiServerCheck(words, (settings, { version }) => {
    const path = settings.text('audit-log-path');
    const value = settings.number(flag, (version?.minor ?? 0) >= auditDefaultsMinor ? byDefault : 0);
    if (path === '') return fails(`The API server writes no audit log, so \`--${flag}\` has no effect.`);
    if (path === '-')
      return needsPerson(
        'The audit log goes to standard output, where the container runtime or a log collector decides how much is kept.',
        `Look at how much of the API server's output is kept; it should be worth at least ${least} ${unit}.`,
      );
    if (value === 0) return fails(`\`--${flag}\` is 0, so no number of ${unit} was chosen; at least ${least} are asked for.`);
    const says = `\`--${flag}\` is ${value} ${unit}`;
    return value >= least ? holds(`${says}.`) : fails(`${says}, less than ${least}.`);
  });
