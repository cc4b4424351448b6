import { Stack } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnVPCEndpoint,
  type ISecurityGroup,
  type IVpc,
  SecurityGroup,
  Subnet,
  type SubnetSelection,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface NetworkProps {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly routeTableIds: readonly string[];
  readonly endpoints: boolean;
  /** Whether functions publish to SNS. */
  readonly notify: boolean;
}

/** Where a function lies in a network. */
export interface Placement {
  readonly ofFunction: { readonly vpc: IVpc; readonly vpcSubnets: SubnetSelection; readonly securityGroups: ISecurityGroup[] };
}

/** What the functions in the VPC call: `lambda` because durable runs write their history through its API. */
const interfaceServices = ['secretsmanager', 'lambda', 'sts', 'logs', 'kms', 'events'] as const;
const gatewayServices = ['s3', 'dynamodb'] as const;

/** An existing VPC with a way to the vSphere network. Every function uses the same subnets and security groups, so Lambda shares its network interfaces. */
export class Network extends Construct implements Placement {
  readonly ofFunction: Placement['ofFunction'];
  private readonly props: NetworkProps;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    this.props = props;
    this.ofFunction = {
      // zones are not asked for: subnets are named, and no account is there when the template is made
      vpc: Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: props.vpcId, availabilityZones: ['unknown'] }),
      vpcSubnets: {
        subnets: props.subnetIds.map((subnetId) =>
          Subnet.fromSubnetAttributes(this, subnetId, { subnetId, availabilityZone: 'unknown', routeTableId: 'unknown' }),
        ),
      },
      securityGroups: props.securityGroupIds.map((group) => SecurityGroup.fromSecurityGroupId(this, group, group, { mutable: false })),
    };
    if (props.endpoints) this.addEndpoints();
  }

  private addEndpoints(): void {
    const { routeTableIds, notify } = this.props;
    if (routeTableIds.length > 0)
      for (const service of gatewayServices) this.endpoint(service, { vpcEndpointType: 'Gateway', routeTableIds: [...routeTableIds] });
    const group = this.endpointGroup();
    for (const service of notify ? [...interfaceServices, 'sns'] : interfaceServices)
      this.endpoint(service, {
        vpcEndpointType: 'Interface',
        subnetIds: [...this.props.subnetIds],
        securityGroupIds: [group.attrGroupId],
        privateDnsEnabled: true,
      });
  }

  private endpoint(service: string, how: Omit<ConstructorParameters<typeof CfnVPCEndpoint>[2], 'vpcId' | 'serviceName'>): void {
    const { region } = Stack.of(this);
    new CfnVPCEndpoint(this, `Endpoint-${service}`, { ...how, vpcId: this.props.vpcId, serviceName: `com.amazonaws.${region}.${service}` });
  }

  /** Lets the functions in, to HTTPS and nothing else. */
  private endpointGroup(): CfnSecurityGroup {
    return new CfnSecurityGroup(this, 'EndpointGroup', {
      groupDescription: 'HTTPS from the functions of Gatehouse to the endpoints of AWS services',
      vpcId: this.props.vpcId,
      securityGroupIngress: this.props.securityGroupIds.map((sourceSecurityGroupId) => ({
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        sourceSecurityGroupId,
        description: 'HTTPS from functions',
      })),
      // an endpoint answers and asks nothing
      securityGroupEgress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '127.0.0.1/32', description: 'nowhere' }],
    });
  }
}
