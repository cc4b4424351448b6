import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its figures',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP node_boot_time_seconds Node boot time\n# TYPE node_boot_time_seconds gauge\nnode_exporter_build_info{branch="debian/sid",goversion="go1.19.8",revision="1",version="1.5.0"} 1\n',
      ),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
    says: '1.5.0',
  },
  {
    name: 'too long to tell its version',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP node_cpu_seconds_total Seconds\n# TYPE node_cpu_seconds_total counter\n') },
    otherwise: page(404),
    expect: 'fail',
  },
  { name: 'a login', greeting: { http: 'tls' }, answers: {}, otherwise: page(403), expect: 'pass' },
  {
    name: 'figures of other software',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 8\n',
      ),
    },
    otherwise: page(404),
    expect: 'nothing',
  },
  {
    name: 'on another port',
    door: { port: 19100, hints: [] },
    greeting: {
      http: 'plain',
      page: { is: 'http', status: 200, headers: {}, body: '<html><head><title>Node Exporter</title></head>', isCut: false },
    },
    answers: { 'GET /metrics': page(200, '# HELP node_arp_entries ARP entries by device\n# TYPE node_arp_entries gauge\n') },
    expect: 'fail',
  },
];
