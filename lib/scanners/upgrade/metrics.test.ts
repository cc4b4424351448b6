import { expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import { cgroupIn, Metrics, observeApiServerMetrics, samplesIn } from './metrics.ts';

const recorded = `# HELP apiserver_requested_deprecated_apis [STABLE] Gauge of deprecated APIs
# TYPE apiserver_requested_deprecated_apis gauge
apiserver_requested_deprecated_apis{group="",removed_release="",resource="endpoints",subresource="",version="v1"} 1
apiserver_requested_deprecated_apis{group="storage.k8s.io",removed_release="1.37",resource="volumeattributesclasses",subresource="status",version="v1beta1"} 1
apiserver_requested_deprecated_apis{group="config.k8s.io",removed_release="",resource="flagz",subresource="",version="v1alpha1"} 1
apiserver_requested_deprecated_apis_other{group="x",resource="y"} 1
apiserver_request_total{code="200",verb="LIST"} 17
apiserver_storage_size_bytes{storage_cluster_id="etcd-0"} 4.861952e+06
apiserver_storage_size_bytes{storage_cluster_id="etcd-1"} 9e+06
apiserver_storage_objects{resource="things.old.example.com"} 0
apiserver_resource_objects{group="apps",resource="deployments"} 3
process_start_time_seconds 1.79575324478e+09
`;
const observe = (text: unknown) => observeApiServerMetrics(fakeAccess({ objects: { '/metrics': text } }));

it('reads callers, start and database, and leaves out what a scanner asks for', async () => {
  expect(await observe(recorded)).toEqual({
    read: true,
    value: {
      calls: [
        { group: '', version: 'v1', resource: 'endpoints', removedRelease: '' },
        { group: 'storage.k8s.io', version: 'v1beta1', resource: 'volumeattributesclasses', subresource: 'status', removedRelease: '1.37' },
      ],
      since: '2026-11-27T04:20:44.780Z',
      databaseBytes: 9_000_000,
      stored: new Map([
        ['things.old.example.com', 0],
        ['deployments.apps', 3],
      ]),
    },
  });
});

it('keeps only the lines it uses, and those once more', () => {
  const once = Metrics.parse(recorded);
  expect(once.split('\n')).toHaveLength(8);
  expect(once).not.toMatch(/HELP|request_total|_other/);
  expect(Metrics.parse(once)).toBe(once);
});

it('survives text that is no metrics', async () => {
  const hostile = [
    'apiserver_requested_deprecated_apis{group="a\\"}b",version="v1",resource="r\\\\"} 1',
    'apiserver_requested_deprecated_apis{group="never closed 1',
    'apiserver_requested_deprecated_apis{} 1',
    `apiserver_requested_deprecated_apis{group="${'x'.repeat(5000)}"} 1`,
    'apiserver_requested_deprecated_apis NaN',
    'process_start_time_seconds 9e99',
    'apiserver_storage_size_bytes -1',
    '\u0000',
  ].join('\n');
  const read = await observe(hostile);
  expect(read).toEqual({
    read: true,
    value: { calls: [{ group: 'a"}b', version: 'v1', resource: 'r\\', removedRelease: '' }], stored: new Map() },
  });
  expect(Metrics.parse('process_start_time_seconds 1\n'.repeat(20_000)).split('\n')).toHaveLength(5_000);
  expect(samplesIn('')).toEqual([]);
  expect(await observe('<html>')).toEqual({ read: true, value: { calls: [], stored: new Map() } });
});

it('names the missing right', async () => {
  expect(await observe(denied('get /metrics'))).toMatchObject({ read: false, missing: ['get /metrics'] });
});

it('reads the cgroup version of a kubelet', () => {
  expect([cgroupIn('kubelet_cgroup_version 1'), cgroupIn('kubelet_running_pods 5')]).toEqual([1, undefined]);
});
