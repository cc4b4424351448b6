import type { ClusterSettings, ControlPlanePod } from '../../../core/gate/index.ts';
import { type CheckAnswer, fails, type GateCheck, isUnknown, type Named, namesText, passes } from '../../check.ts';
import { type FlagComponent, flagComponents, type RemovedFlags, removedFlags } from '../../data/removed-flags.ts';
import { defineBreak, minorNumber } from './define-break.ts';

// Flags and feature gates wherever the API shows them: pods of the control plane, what kubeadm keeps in kube-system, and what Cluster API gives kubelets.

/** A flag as it was found. */
export interface FoundFlag {
  readonly component: FlagComponent;
  /** Without `--`. */
  readonly name: string;
  readonly value: string;
  readonly where: Named;
}

const kubeadmConfig: Named = { kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config' };
const componentOfArgs: Readonly<Record<string, FlagComponent>> = {
  apiServer: 'kube-apiserver',
  controllerManager: 'kube-controller-manager',
  scheduler: 'kube-scheduler',
};
const isFlagComponent = (component: string): component is FlagComponent => (flagComponents as readonly string[]).includes(component);

const named = (component: FlagComponent, flags: Readonly<Record<string, string>>, where: Named): FoundFlag[] =>
  Object.entries(flags).map(([name, value]) => ({ component, name, value, where }));

/** Every flag of the components of Kubernetes that can be seen. */
export const flagsOf = (controlPlane: readonly ControlPlanePod[], settings: ClusterSettings): readonly FoundFlag[] => [
  ...controlPlane.flatMap(({ component, name, flags }) =>
    isFlagComponent(component) ? named(component, flags, { kind: 'Pod', namespace: 'kube-system', name }) : [],
  ),
  ...Object.entries(settings.kubeadm?.extraArgs ?? {}).flatMap(([part, flags]) => {
    const component = componentOfArgs[part];
    return component === undefined ? [] : named(component, flags, kubeadmConfig);
  }),
  ...(settings.kubeletFlags ?? []).flatMap(({ flags, ...object }) => named('kubelet', flags, object)),
];

// components read `--storage_driver_db` and `--storage-driver-db` alike
const plain = (flag: string): string => flag.replaceAll('_', '-');

const howToSeeKubelets = 'look on each node in /var/lib/kubelet/kubeadm-flags.env and /etc/default/kubelet';

/** Where a person finds the flags of some rows. */
const howToLook = (blind: readonly RemovedFlags[]): string =>
  [...Map.groupBy(blind, ({ component }) => component)]
    .map(([component, rows]) => {
      const flags = rows.flatMap((row) => row.flags.map((flag) => ({ kind: 'flag', name: `--${flag}` })));
      return component === 'kubelet'
        ? `The flags of kubelets cannot be seen over the API; ${howToSeeKubelets} for ${namesText(flags)}.`
        : `How the ${component} is started cannot be seen over the API; look there for ${namesText(flags)}.`;
    })
    .join(' ');

/** What is set of the flags that some rows remove; `unknown` when a row speaks of a component whose flags cannot be seen. */
export const judgeFlags = (
  rows: readonly RemovedFlags[],
  {
    controlPlane,
    settings,
    blind,
  }: { readonly controlPlane: readonly ControlPlanePod[]; readonly settings: ClusterSettings; readonly blind: readonly RemovedFlags[] },
): CheckAnswer => {
  const found = flagsOf(controlPlane, settings).flatMap((flag) => {
    const row = rows.find(({ component, flags }) => component === flag.component && flags.some((one) => plain(one) === plain(flag.name)));
    return row ? [{ ...flag, row }] : [];
  });
  if (found.length > 0) {
    const flags = [...new Set(found.map(({ component, name, row }) => `--${name} of the ${component} (gone in ${row.removedIn})`))];
    const resources = found.map(({ where, name }) => ({ ...where, detail: `sets --${name}` }));
    return fails(
      `These flags are set and stop the component after the upgrade: ${flags.join(', ')}; seen in ${namesText(resources)}.`,
      resources,
    );
  }
  return blind.length === 0 ? passes('None of the flags that go is set.') : isUnknown(howToLook(blind));
};

const inPods = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

/** Components of the control plane whose flags cannot be told: no pod shows them, or a shell starts the component. */
const unseen = (controlPlane: readonly ControlPlanePod[], components: readonly FlagComponent[] = inPods): readonly FlagComponent[] =>
  components.filter((component) => {
    const pods = controlPlane.filter((pod) => pod.component === component);
    return pods.length === 0 || pods.some(({ flags }) => Object.keys(flags).length === 0);
  });

/** The answer, unless it is a pass that nobody could see: then what to look for. */
export const ifSeen = (
  answer: CheckAnswer,
  controlPlane: readonly ControlPlanePod[],
  lookFor: string,
  ...components: readonly (typeof inPods)[number][]
): CheckAnswer => {
  const blind = unseen(controlPlane, components.length > 0 ? components : inPods);
  if (answer.outcome !== 'pass' || blind.length === 0) return answer;
  return isUnknown(
    `How ${blind.join(', ')} ${blind.length === 1 ? 'is' : 'are'} started cannot be seen over the API; look there for ${lookFor}.`,
  );
};

/** Rows of components whose flags nothing tells. */
export const blindRows = (
  rows: readonly RemovedFlags[],
  controlPlane: readonly ControlPlanePod[],
  settings: ClusterSettings,
): readonly RemovedFlags[] => {
  const blind = unseen(controlPlane);
  return rows.filter(({ component }) => (component === 'kubelet' ? settings.kubeletFlags === undefined : blind.includes(component)));
};

type Texts = Pick<GateCheck, 'title' | 'severity' | 'why' | 'repair'> & { readonly name: string; readonly links?: readonly string[] };

/** A check of the flags that the data lists under its name. */
export const defineFlagBreak = ({ links, ...texts }: Texts) => {
  const rows = removedFlags.rows.filter(({ check }) => check === texts.name);
  return defineBreak({
    ...texts,
    links: [...(links ?? []), ...new Set(rows.map(({ source }) => source))],
    at: [...new Set(rows.map(({ removedIn }) => removedIn))],
    needs: ['controlPlane', 'settings'],
    judge: ({ controlPlane, settings }) => judgeFlags(rows, { controlPlane, settings, blind: blindRows(rows, controlPlane, settings) }),
  });
};

/** A feature gate that is set to a value somewhere. */
export interface FoundGate {
  readonly gate: string;
  readonly value: boolean;
  readonly of: 'kubernetes' | 'kubeadm';
  readonly where: Named;
}

/** Reads `A=true,B=false`. */
const readGates = (text: string): readonly (readonly [string, boolean])[] =>
  text
    .split(',')
    .map((pair) => pair.trim().split('='))
    .flatMap(([gate, value]) => (gate === undefined || gate === '' ? [] : [[gate, value !== 'false'] as const]));

const inDocument = (gates: Readonly<Record<string, boolean>> | undefined, of: FoundGate['of'], where: Named): FoundGate[] =>
  Object.entries(gates ?? {}).map(([gate, value]) => ({ gate, value, of, where }));

/** Every feature gate that can be seen: in flags, and in the documents of kubeadm, kubelet and kube-proxy. */
export const gatesOf = (controlPlane: readonly ControlPlanePod[], settings: ClusterSettings): readonly FoundGate[] => [
  ...flagsOf(controlPlane, settings)
    .filter(({ name }) => plain(name) === 'feature-gates')
    .flatMap(({ value, where }) => readGates(value).map(([gate, isOn]) => ({ gate, value: isOn, of: 'kubernetes' as const, where }))),
  ...inDocument(settings.kubeadm?.featureGates, 'kubeadm', kubeadmConfig),
  ...inDocument(settings.kubelet?.featureGates, 'kubernetes', { kind: 'ConfigMap', namespace: 'kube-system', name: 'kubelet-config' }),
  ...inDocument(settings.kubeProxy?.featureGates, 'kubernetes', { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' }),
];

/** Flags of that name, wherever they are set. */
export const flagsNamed = (
  controlPlane: readonly ControlPlanePod[],
  settings: ClusterSettings,
  ...names: readonly string[]
): readonly FoundFlag[] => flagsOf(controlPlane, settings).filter(({ name }) => names.includes(plain(name)));

/** Where an admission plugin is switched on. */
export const pluginOn = (controlPlane: readonly ControlPlanePod[], settings: ClusterSettings, plugin: string): readonly Named[] =>
  flagsNamed(controlPlane, settings, 'enable-admission-plugins', 'admission-control')
    .filter(({ value }) => value.split(',').some((one) => one.trim() === plugin))
    .map(({ where, name }) => ({ ...where, detail: `--${name} names ${plugin}` }));

/** Whether some row of removed gates knows the gate at that minor. */
export const isGoneBy = (removedIn: string, target: { readonly minor: number }): boolean => minorNumber(removedIn) <= target.minor;
