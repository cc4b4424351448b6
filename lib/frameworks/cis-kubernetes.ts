import { controlPlaneControls } from './control-plane-controls.ts';
import type { Control, Framework } from './framework.ts';
import { nodeControls } from './node-controls.ts';
import { policyControls } from './policy-controls.ts';
import type { SharedControl } from './shared-control.ts';

/** How one edition of the benchmark differs from 2.0.1, whose numbers the shared table carries. All numbers here are the edition's own. */
export interface Edition {
  readonly version: string;
  /** First and last Kubernetes 1.x minor it is meant for. */
  readonly minors: readonly [number, number];
  /** Numbers of 2.0.1 that the edition does not have. */
  readonly without?: readonly string[];
  /** Controls only this edition has, in order; each moves the rest of its section on by one. */
  readonly inserted?: readonly SharedControl[];
  /** The number of the last section, where it is not 5.6. */
  readonly lastSection?: '5.7';
  /** Numbers that this edition calls automated, although later ones do not. */
  readonly automated?: readonly string[];
  /** Numbers that this edition calls manual, although later ones do not. */
  readonly manual?: readonly string[];
  /** Numbers that are Level 1 here, although later editions make them Level 2. */
  readonly levelOne?: readonly string[];
}

const split = (id: string): readonly [section: string, number: number] => {
  const end = id.lastIndexOf('.');
  return [id.slice(0, end), Number(id.slice(end + 1))];
};

const insert = (controls: readonly SharedControl[], added: SharedControl): readonly SharedControl[] => {
  const [section, number] = split(added[0]);
  const before = controls.filter(([id]) => split(id)[0] !== section || split(id)[1] < number);
  const after = controls.filter((control) => !before.includes(control));
  const moved = after.map(([id, ...rest]): SharedControl => [`${section}.${split(id)[1] + 1}`, ...rest]);
  const place = before.findLastIndex(([id]) => split(id)[0] === section) + 1;
  return before.toSpliced(place, 0, added, ...moved);
};

const toControl = (edition: Edition, [id, profile, check, title]: SharedControl): Control => ({
  id,
  title,
  level: profile.startsWith('2') && !edition.levelOne?.includes(id) ? 2 : 1,
  automated: (profile.endsWith('A') || edition.automated?.includes(id) === true) && !edition.manual?.includes(id),
  checks: [check],
});

/**
 * The table of one edition of the CIS Kubernetes Benchmark.
 *
 * `automated` is the assessment status the benchmark itself publishes (it ends each title). kube-bench differs twice: it scores 4.3.1, which the benchmark
 * calls manual from 1.9 to 2.0.1, and does not score controls of 5.1 and 5.2 that older editions call automated. That gives 64 automated controls here in 1.12 and
 * 2.0.1, where kube-bench scores 65. Editions up to 1.10 ask for mode 600 in 1.1.20 and 4.1.7, later ones for 644, by which Gatehouse judges always: what is
 * public in a certificate need not be hidden. The level of 5.2.9 in 1.12 is as published for 1.12, though 1.11 and 2.0.1 make the same control Level 2.
 */
export const cisKubernetes = (edition: Edition): Framework => {
  const shared = [...controlPlaneControls, ...nodeControls, ...policyControls].filter(([id]) => !edition.without?.includes(id));
  const renumbered = shared.map(
    ([id, ...rest]): SharedControl => [split(id)[0] === '5.6' ? `${edition.lastSection ?? '5.6'}.${split(id)[1]}` : id, ...rest],
  );
  const controls = (edition.inserted ?? []).reduce(insert, renumbered).map((control) => toControl(edition, control));
  return { id: 'cis-kubernetes', version: edition.version, minors: edition.minors, controls };
};

/** Controls that were dropped on the way to 1.12. */
export const securityContextDeny: SharedControl = [
  '1.2.12',
  '2M',
  'api-server/security-context-deny',
  'Admission refuses escalating security contexts',
];
export const securePort: SharedControl = ['1.2.16', '1M', 'api-server/secure-port', 'The API server serves TLS'];
export const addedCapabilities = (profile: '1A' | '1M'): SharedControl => [
  '5.2.9',
  profile,
  'pods/added-capabilities',
  'Containers that add capabilities are kept out',
];
export const ipAddressDeny: SharedControl = [
  '4.2.15',
  '2M',
  'kubelet/ip-address-deny',
  'The kubelet service refuses addresses it was not told of',
];
