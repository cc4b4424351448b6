import { z } from 'zod';
import { type Slice, seen } from '../../core/facts/index.ts';
import type { DeprecatedCall } from '../../core/gate/index.ts';
import type { Right } from '../../core/need.ts';
import { writeTime } from '../../core/time.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, unreadFor } from '../configuration/listing.ts';

/** The metrics that are kept of the tens of thousands an API server has. The database's size was called otherwise before Kubernetes 1.28. */
const names = {
  calls: 'apiserver_requested_deprecated_apis',
  started: 'process_start_time_seconds',
  database: ['apiserver_storage_size_bytes', 'apiserver_storage_db_total_size_in_bytes'],
  objects: ['apiserver_resource_objects', 'apiserver_storage_objects'],
  cgroup: 'kubelet_cgroup_version',
} as const;
const kept = [names.calls, names.started, ...names.database, ...names.objects, names.cgroup];
/** Lines that are kept at most, and how long one may be: deprecated APIs are dozens. */
const most = { lines: 5_000, length: 2_000 };

const nameEnds = (text: string, at: number): boolean => text[at] === '{' || text[at] === ' ';

/** Only the lines that are used, found without taking the text apart: it may be a hundred megabytes. */
const reduce = (text: string): string => {
  const lines: string[] = [];
  for (let at = 0; at < text.length && lines.length < most.lines; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const from = at;
    if (end - from <= most.length && kept.some((name) => text.startsWith(name, from) && nameEnds(text, from + name.length)))
      lines.push(text.slice(from, end));
    at = end + 1;
  }
  return lines.join('\n');
};

/** An answer of `/metrics` (Prometheus text format), reduced. Idempotent. */
export const Metrics = z.string().transform(reduce);

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const label = /([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const plain = (text: string): string => text.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));

/** The samples of reduced metrics; what is no sample is left out. */
export const samplesIn = (text: string): readonly Sample[] =>
  text.split('\n').flatMap((line) => {
    const close = line.lastIndexOf('}');
    const [, name = ''] = /^(\w+)/.exec(line) ?? [];
    const [shown = ''] = line
      .slice(close < 0 ? name.length : close + 1)
      .trim()
      .split(' ');
    const value = shown === '' ? Number.NaN : Number(shown);
    if (name === '' || !Number.isFinite(value)) return [];
    const labels = Object.fromEntries(
      [...line.slice(name.length, close + 1).matchAll(label)].map(([, key = '', text = '']) => [key, plain(text)]),
    );
    return [{ name, labels, value }];
  });

/** What one API server tells of itself. */
export interface ApiServerMetrics {
  readonly calls: readonly DeprecatedCall[];
  /** When it was started, ISO 8601. */
  readonly since?: string;
  readonly databaseBytes?: number;
  /** How many objects are stored, by resource as `doctor` writes it: `deployments.apps`. */
  readonly stored: ReadonlyMap<string, number>;
}

/** Pages about the server itself, which scanners ask for, this one too: no API that anybody depends on. */
const isOwnPage = ({ group, resource }: DeprecatedCall): boolean => group === 'config.k8s.io' && /^(?:flagz|statusz)$/.test(resource);

const callOf = ({ labels }: Sample): DeprecatedCall =>
  given<DeprecatedCall>({
    group: labels.group ?? '',
    version: labels.version ?? '',
    resource: labels.resource ?? '',
    subresource: labels.subresource || undefined,
    removedRelease: labels.removed_release ?? '',
  });
const orderOf = ({ group, version, resource, subresource = '' }: DeprecatedCall): string =>
  `${group}/${version}/${resource}/${subresource}`;

const storedOf = ({ labels, value }: Sample): readonly [string, number] => [
  `${labels.resource ?? ''}${labels.group ? `.${labels.group}` : ''}`,
  value,
];

/** Last moment that a date can stand for, in seconds; a hostile number beyond is none. */
const lastSecond = 8.64e12;

export const apiServerMetricsIn = (text: string): ApiServerMetrics => {
  const samples = samplesIn(text);
  const started = samples.find(({ name }) => name === names.started)?.value;
  const sizes = samples.filter(({ name, value }) => names.database.some((one) => one === name) && value >= 0).map(({ value }) => value);
  const calls = samples.filter(({ name, value }) => name === names.calls && value > 0).map(callOf);
  return given<ApiServerMetrics>({
    calls: calls.filter((call) => !isOwnPage(call) && call.resource !== '').toSorted((a, b) => byText(orderOf(a), orderOf(b))),
    since: started !== undefined && started > 0 && started <= lastSecond ? writeTime(Math.round(started * 1000)) : undefined,
    databaseBytes: sizes.length > 0 ? Math.max(...sizes) : undefined,
    stored: new Map(samples.filter(({ name }) => names.objects.some((one) => one === name)).map(storedOf)),
  });
};

/** The cgroup version that a kubelet's metrics tell. */
export const cgroupIn = (text: string): number | undefined => samplesIn(text).find(({ name }) => name === names.cgroup)?.value;

export const metricsRight: Right = { verb: 'get', apiGroup: '', resource: '', nonResourceUrl: '/metrics' };

/** The metrics of the API server that answers. */
export const observeApiServerMetrics = async (access: ClusterAccess): Promise<Slice<ApiServerMetrics>> => {
  const answer = await access.get('/metrics', Metrics, { accept: 'text/plain' });
  return answer.ok ? seen(apiServerMetricsIn(answer.value)) : unreadFor(metricsRight, answer.failure);
};
