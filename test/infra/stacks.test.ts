import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import * as promises from './promises.ts';
import { broken, everything, resourcesOf, synthesise } from './resources.ts';

const deployments = { 'as it comes': resourcesOf(synthesise()), 'with every option': resourcesOf(synthesise(everything)) };

const badFunction = (stack: Stack, environment: Record<string, string> = {}): LambdaFn =>
  new LambdaFn(stack, 'Bad', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => {}'),
    functionName: 'bad',
    environment,
  });
const withPolicy =
  (statement: PolicyStatement) =>
  (stack: Stack): void => {
    new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).addToPrincipalPolicy(statement);
  };

interface Case {
  readonly demand: promises.Demand;
  /** Built as nobody should. */
  readonly build: (stack: Stack) => unknown;
  /** What is then said, among others. */
  readonly says: readonly string[];
}

const cases: Readonly<Record<string, Case>> = {
  functions: {
    demand: promises.functions,
    build: (stack) => badFunction(stack),
    says: [
      'no dead letter queue',
      'no alarm on Errors',
      'no alarm on Throttles',
      'not for arm64',
      'not run on Node 24',
      'has a name',
      'no log group',
    ],
  },
  queuesAreWatched: {
    demand: promises.queuesAreWatched,
    build: (stack) => new Queue(stack, 'Bad', { encryption: QueueEncryption.UNENCRYPTED }),
    says: ['nobody hears of it', 'not encrypted', 'without TLS'],
  },
  buckets: {
    demand: promises.buckets,
    build: (stack) => new Bucket(stack, 'Bad', { removalPolicy: RemovalPolicy.DESTROY }),
    says: [
      'goes with the stack',
      'without TLS',
      'old TLS',
      'no versions',
      'has no lock',
      'locks nothing',
      'our key',
      'access log',
      'overwritten',
    ],
  },
  tables: {
    demand: promises.tables,
    build: (stack) =>
      new TableV2(stack, 'Bad', { partitionKey: { name: 'pk', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY }),
    says: ['goes with the stack', 'can be deleted', 'cannot be recovered', 'our key', 'forgets nothing'],
  },
  keys: {
    demand: promises.keys,
    build: (stack) => new Key(stack, 'Bad', { removalPolicy: RemovalPolicy.DESTROY }),
    says: ['goes with the stack', 'never rotated'],
  },
  logGroups: {
    demand: promises.logGroups,
    build: (stack) => new LogGroup(stack, 'Bad', { retention: RetentionDays.INFINITE }),
    says: ['for ever', 'our key'],
  },
  topics: { demand: promises.topics, build: (stack) => new Topic(stack, 'Bad'), says: ['not encrypted', 'without TLS'] },
  alarms: {
    demand: promises.alarms,
    build: (stack) =>
      new Alarm(stack, 'Bad', { metric: new Metric({ namespace: 'Gatehouse', metricName: 'm' }), threshold: 1, evaluationPeriods: 1 }),
    says: ['tells nobody', 'does not say', 'nobody counts'],
  },
  invocations: {
    demand: promises.invocations,
    build: (stack) => {
      const bare = badFunction(stack);
      new Rule(stack, 'Rule', { schedule: Schedule.rate(Duration.minutes(1)), targets: [new LambdaFunction(bare)] });
      const integration = new HttpLambdaIntegration('Integration', bare);
      new HttpApi(stack, 'Api').addRoutes({ path: '/{proxy+}', methods: [HttpMethod.ANY], integration });
      withPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [bare.functionArn] }))(
        stack.node.scope ? stack : stack,
      );
    },
    says: [
      '/Rule',
      '/ApiANYproxyIntegration',
      'opens a function without',
      'may invoke a function without',
      'without dead letters or retries',
    ],
  },
  policies: {
    demand: promises.policies,
    build: withPolicy(new PolicyStatement({ actions: ['s3:*', 'ec2:DescribeSubnets'], resources: ['*'] })),
    says: ['allows ec2:DescribeSubnets,s3:*', 'reaches *'],
  },
  roles: {
    demand: promises.roles,
    build: (stack) =>
      new Role(stack, 'Bad', {
        assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
        managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')],
      }),
    says: ['has a managed policy'],
  },
  environment: {
    demand: promises.environment,
    build: (stack) => badFunction(stack, { WEBHOOK: 'hunter2-password' }),
    says: ['has the variable WEBHOOK', 'has a secret in WEBHOOK'],
  },
};

describe.each(Object.entries(cases))('%s', (_name, { demand, build, says }) => {
  it.each(Object.entries(deployments))('holds %s', (_, resources) => {
    expect(demand(resources)).toEqual([]);
  });
  it('is broken by what breaks it', () => {
    const said = demand(broken(build)).join('\n');
    for (const part of says) expect(said).toContain(part);
  });
});

it('has a broken construct for every promise', () => {
  const demands = Object.entries(promises).filter(([, one]) => typeof one === 'function');
  expect(Object.keys(cases).toSorted()).toEqual(demands.map(([name]) => name).toSorted());
});

it('uses every wildcard that it allows', () => {
  const policies = deployments['with every option']
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map((policy) => ({ ...policy, id: `x${policy.id}` }));
  // under another name none of them is allowed, so each reason is seen at work
  const refused = promises.policies(policies);
  expect(refused.length).toBeGreaterThanOrEqual(promises.allowedWildcards.length);
});
