import { execFileSync } from 'node:child_process';
import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Alias, Architecture, Code, Function as LambdaFunction, Runtime, RuntimeManagementMode } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { environmentNames, type Setting } from '../core/environment.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';
import { repository } from './bundle.ts';
import { DeadLetters } from './dead-letters.ts';
import type { Placement } from './network.ts';
import { type FunctionName, sizes } from './sizes.ts';

export interface GatehouseFunctionProps {
  readonly name: FunctionName;
  /** What it does, for people who read the console. */
  readonly description: string;
  readonly key: IKey;
  readonly logDays: RetentionDays;
  readonly alarms: Alarms;
  readonly placement?: Placement;
}

/**
 * One function as Gatehouse wants each of them: Node 24 on arm64, one small bundle, encrypted logs, dead letters, alarms, an alias, and a role that may do what it was allowed to and nothing else.
 * It has no name of its own: what cannot be changed in place (durable runs cannot) is replaced.
 */
export class GatehouseFunction extends Construct {
  /** What everybody invokes: durable runs need a qualified name, and a roll-out moves it at once. */
  readonly alias: Alias;
  readonly deadLetters: DeadLetters;
  private readonly role: Role;
  private readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, props: GatehouseFunctionProps) {
    super(scope, id);
    const size = sizes[props.name];
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.deadLetters = new DeadLetters(this, 'DeadLetters', { alarms: props.alarms, of: props.name });
    const logs = this.logs(props);
    this.fn = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: bundled(props.name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      runtimeManagementMode: RuntimeManagementMode.AUTO,
      architecture: Architecture.ARM_64,
      memorySize: size.memoryMb,
      timeout: Duration.seconds(size.timeoutSeconds),
      role: this.role,
      logGroup: logs,
      deadLetterQueue: this.deadLetters.queue,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      // runs in flight keep the version they began with
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      // can be said only when a function is made
      ...(size.durable && {
        durableConfig: { executionTimeout: Duration.hours(size.durable.hours), retentionPeriod: Duration.days(size.durable.historyDays) },
      }),
      ...props.placement?.ofFunction,
    });
    this.alias = this.fn.addAlias('live', {
      retryAttempts: size.retries,
      maxEventAge: Duration.seconds(size.maxAgeSeconds),
    });
    if (size.durable) this.allowDurableRuns();
    if (props.placement) this.allowNetworkInterfaces();
    props.alarms.watchFunction(props.name, this.fn, size.toleratedErrors);
  }

  /** Gives it a setting of lib/core/environment.ts. */
  set(setting: Setting, value: string): void {
    this.fn.addEnvironment(environmentNames[setting], value);
  }

  /** Allows it to do something. Only the constructs that own the resources call this. */
  allow(sid: string, actions: readonly string[], resources: readonly string[], conditions: Record<string, unknown> = {}): void {
    this.role.addToPrincipalPolicy(
      new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /** Says why a resource that it was allowed ends in a wildcard. */
  explainWildcard(resource: string, reason: string): void {
    acknowledgeWildcard(this.role, resource, reason);
  }

  private logs({ key, logDays }: GatehouseFunctionProps): LogGroup {
    const logs = new LogGroup(this, 'Logs', { retention: logDays, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
    this.allow('Logs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]);
    return logs;
  }

  /** A policy apart from the role's own: that one must be there before the function, whose ARN this one names. */
  private allowDurableRuns(): void {
    const runs = `${this.fn.functionArn}:*`;
    const policy = new Policy(this, 'DurableRuns', {
      roles: [this.role],
      statements: [
        new PolicyStatement({
          sid: 'OwnRuns',
          actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          resources: [runs],
        }),
      ],
    });
    acknowledgeWildcard(policy, runs, 'Runs lie below the versions of this one function; their names are made at run time.');
  }

  private allowNetworkInterfaces(): void {
    this.allow('Vpc', networkInterfaceActions, ['*']);
    this.explainWildcard(
      '*',
      'Lambda makes its network interfaces with the rights of the function; EC2 offers no narrower resource for describing them.',
    );
  }
}

/** EC2 rights with which Lambda places a function in a VPC. */
const networkInterfaceActions = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** What lib/infra/bundle.ts makes. Never in a container: the image is a name that nobody pulls. */
const bundled = (name: FunctionName): Code =>
  Code.fromAsset(`${repository}lambdas`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // never run; without a difference here, the construct library takes the bundles of all functions for one
      command: [name],
      local: {
        tryBundle: (to) => {
          execFileSync(process.execPath, [`${repository}lib/infra/bundle.ts`, name, to], { stdio: ['ignore', 'inherit', 'inherit'] });
          return true;
        },
      },
    },
  });
