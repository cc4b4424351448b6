import { byVersion, type GateVersion, minorText, readGateVersion } from '../../../core/gate/index.ts';
import { type CheckAnswer, doesNotApply, fails, isUnknown, type Named, namesText, passes } from '../../check.ts';
import { type SkewRow, skewRows } from '../../data/skew.ts';
import { count } from '../../shared/words.ts';
import type { Running } from './components.ts';

/** The API servers that a component may talk to. */
export interface ApiServers {
  readonly oldest: GateVersion;
  readonly newest: GateVersion;
}

const rowOf = (component: SkewRow['component']): SkewRow => {
  const row = skewRows.find((one) => one.component === component);
  if (!row) throw new Error(`no skew row for ${component}`);
  return row;
};

/** Minors that a component of this version may be behind. */
export const allowedBehind = (component: SkewRow['component'], version: GateVersion): number => {
  const { behind, early } = rowOf(component);
  const before = early && readGateVersion(early.before);
  return before && early && version.minor < before.minor ? early.behind : behind;
};

/** What is wrong with one component, in a few words; undefined when it fits. */
export const skewOf = ({ component, version }: Running, { oldest, newest }: ApiServers): string | undefined => {
  if (version === undefined) return undefined;
  if (version.major !== newest.major) return `${component} ${version.text} is of another major version`;
  if (version.minor > oldest.minor && component !== 'kube-apiserver')
    return `${component} ${version.text} is newer than an API server of ${minorText(oldest)}`;
  const behind = newest.minor - version.minor;
  const allowed = allowedBehind(component, version);
  return behind > allowed
    ? `${component} ${version.text} is ${count(behind, 'minor')} behind ${minorText(newest)}, ${allowed} allowed`
    : undefined;
};

/** What is wrong between kube-proxy and the kubelet of its node. */
export const proxySkewOf = (proxy: Running, kubelet: Running | undefined): string | undefined => {
  const allowed = rowOf('kube-proxy').kubelet;
  if (allowed === undefined || !proxy.version || !kubelet?.version) return undefined;
  const apart = Math.abs(proxy.version.minor - kubelet.version.minor);
  return apart > allowed
    ? `kube-proxy ${proxy.version.text} is ${count(apart, 'minor')} from the kubelet ${kubelet.version.text} of its node, ${allowed} allowed`
    : undefined;
};

const unreadable = (running: readonly Running[]): readonly Named[] =>
  running.filter(({ version }) => version === undefined).map(({ where }) => where);

/** Oldest and newest of the API servers; an answer where one of them cannot be told. */
export const rangeOf = (servers: readonly Running[]): ApiServers | CheckAnswer => {
  const untold = unreadable(servers);
  if (untold.length > 0) return isUnknown(`The version of ${namesText(untold)} cannot be told from its image.`, untold);
  const versions = servers.flatMap(({ version }) => version ?? []).toSorted(byVersion);
  const [oldest, newest] = [versions[0], versions.at(-1)];
  return oldest && newest ? { oldest, newest } : isUnknown('No API server was seen.');
};

/** What judging a number of components comes to. */
export interface Judging {
  readonly running: readonly Running[];
  readonly problem: (one: Running) => string | undefined;
  /** Said when all is well. */
  readonly good: string;
  /** Said when there is none of them. */
  readonly none: string;
}

/** One answer for all: each that does not fit is named with what is wrong about it. */
export const judge = ({ running, problem, good, none }: Judging): CheckAnswer => {
  if (running.length === 0) return doesNotApply(none);
  const bad = running.flatMap((one) => {
    const detail = problem(one);
    return detail === undefined ? [] : [{ ...one.where, detail }];
  });
  if (bad.length > 0) {
    const details = [...new Set(bad.map(({ detail }) => detail))];
    const more = details.length > 3 ? `; and ${details.length - 3} more` : '';
    return fails(`Too far apart on ${namesText(bad)}: ${details.slice(0, 3).join('; ')}${more}.`, bad);
  }
  const untold = unreadable(running);
  return untold.length > 0 ? isUnknown(`The version of ${namesText(untold)} cannot be told.`, untold) : passes(good);
};
