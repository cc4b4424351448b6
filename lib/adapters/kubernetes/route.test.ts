import { expect, it } from 'vitest';
import { nameOf, rightOf, routeOf } from './route.ts';

it.each([
  ['GET', '/api/v1/pods', 'list pods', 'pods'],
  ['GET', '/api/v1/namespaces', 'list namespaces', 'namespaces'],
  ['GET', '/api/v1/namespaces/a', 'get namespaces', 'namespaces a'],
  ['GET', '/api/v1/namespaces/a/pods', 'list pods', 'pods in namespace a'],
  ['GET', '/api/v1/namespaces/a/pods/b', 'get pods', 'pods b in namespace a'],
  ['GET', '/api/v1/namespaces/a/pods/b/log?tailLines=1', 'get pods/log', 'pods/log b in namespace a'],
  ['GET', '/api/v1/nodes/cp1/proxy/configz', 'get nodes/proxy', 'nodes/proxy cp1'],
  ['GET', '/api/v1/nodes/a%2Fb', 'get nodes', 'nodes a/b'],
  ['GET', '/api/v1/nodes/50%', 'get nodes', 'nodes 50%'],
  [
    'GET',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    'list clusterroles.rbac.authorization.k8s.io',
    'clusterroles.rbac.authorization.k8s.io',
  ],
  ['GET', '/apis/apps/v1/namespaces/a/deployments/b', 'get deployments.apps', 'deployments.apps b in namespace a'],
  ['POST', '/api/v1/namespaces/a/serviceaccounts/b/token', 'create serviceaccounts/token', 'serviceaccounts/token b in namespace a'],
  [
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    'create selfsubjectaccessreviews.authorization.k8s.io',
    'selfsubjectaccessreviews.authorization.k8s.io',
  ],
  ['DELETE', '/api/v1/namespaces/a/pods/b', 'delete pods', 'pods b in namespace a'],
  ['DELETE', '/api/v1/namespaces/a/pods', 'deletecollection pods', 'pods in namespace a'],
  ['GET', '/version', 'get /version', '/version'],
  ['GET', '/apis', 'get /apis', '/apis'],
  ['GET', '/apis/apps/v1', 'get /apis/apps/v1', '/apis/apps/v1'],
  ['GET', '/api/v1', 'get /api/v1', '/api/v1'],
  ['GET', '/', 'get /', '/'],
])('%s %s is %s', (method, path, right, name) => {
  const route = routeOf(method, path);
  expect(rightOf(route)).toBe(right);
  expect(nameOf(route)).toBe(name);
});
