import { fails, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const rules = 'prometheusrules.monitoring.coreos.com';

export const metricsRenames = defineBreak({
  name: 'metrics-renames',
  title: 'No alerting rules are kept here that could name renamed metrics',
  severity: 'info',
  why: 'Kubernetes 1.34 and 1.36 renamed metrics and labels (`resource_prefix` and `type` became `group` and `resource`; `volume_operation_total_errors` has another name): rules and dashboards that use the old ones fall silent.',
  repair:
    'Look in PrometheusRule objects and dashboards for the old names, and use both until every cluster is upgraded; what they say is not looked at here.',
  links: [
    'https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.34.md',
    'https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.36.md',
  ],
  at: ['1.34', '1.36'],
  needs: ['crds'],
  judge: ({ crds }) =>
    crds.some(({ name }) => name === rules)
      ? fails(`Rules of the Prometheus operator can be kept in this cluster (${rules}); look through them.`, [
          { kind: 'CustomResourceDefinition', name: rules },
        ])
      : passes('The cluster has no type for alerting rules.'),
});
