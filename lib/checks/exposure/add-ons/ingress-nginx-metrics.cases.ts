import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'metrics with a version',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines Number\ngo_goroutines 70\nnginx_ingress_controller_build_info{build="f00",controller_class="k8s.io/ingress-nginx",release="v1.9.4",repository="https://github.com/kubernetes/ingress-nginx"} 1\n',
      ),
    },
    expect: 'fail',
    severity: 'low',
    says: 'v1.9.4',
  },
  {
    name: 'started without metrics',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP go_goroutines Number\ngo_goroutines 70\n') },
    expect: 'pass',
  },
  ...usualCases,
];
