package dev.pgbound.aws;

import dev.pgbound.aws.RequestMembers.Tag;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEndpointRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateEventSubscriptionRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationConfigRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationInstanceRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationSubnetGroupRequest;
import software.amazon.awssdk.services.databasemigration.model.CreateReplicationTaskRequest;
import software.amazon.awssdk.services.databasemigration.model.ImportCertificateRequest;
import software.amazon.awssdk.services.databasemigration.model.TestConnectionRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;

/** The requests from which {@link AwsSchema} derives; the build writes down their members. */
public final class RequestIndex {

  static final List<Class<? extends SdkPojo>> REQUESTS =
      List.of(
          CreateDbClusterParameterGroupRequest.class,
          CreateDbClusterRequest.class,
          CreateDbInstanceRequest.class,
          CreateDbSubnetGroupRequest.class,
          CreateEndpointRequest.class,
          CreateEventSubscriptionRequest.class,
          CreateInternetGatewayRequest.class,
          CreateLogGroupRequest.class,
          CreateReplicationConfigRequest.class,
          CreateReplicationInstanceRequest.class,
          CreateReplicationSubnetGroupRequest.class,
          CreateReplicationTaskRequest.class,
          CreateRoleRequest.class,
          CreateRouteRequest.class,
          CreateRouteTableRequest.class,
          CreateSecretRequest.class,
          CreateSecurityGroupRequest.class,
          CreateSubnetRequest.class,
          CreateTopicRequest.class,
          CreateVpcEndpointRequest.class,
          CreateVpcRequest.class,
          ImportCertificateRequest.class,
          PutMetricAlarmRequest.class,
          TestConnectionRequest.class);

  private RequestIndex() {}

  /**
   * Writes the file of {@link RequestMembers} below the folder of the classes, as the build does.
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, List<Attribute>> members = new LinkedHashMap<>();
    REQUESTS.forEach(request -> members.put(request.getName(), DerivedAttributes.of(request)));
    Path file =
        Path.of(arguments[0], RequestIndex.class.getPackageName().replace('.', '/'))
            .resolve(RequestMembers.FILE);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      write(members, out);
    }
  }

  static void write(Map<String, List<Attribute>> requests, DataOutputStream out)
      throws IOException {
    out.writeInt(requests.size());
    for (Map.Entry<String, List<Attribute>> request : requests.entrySet()) {
      out.writeUTF(request.getKey());
      write(request.getValue(), out);
    }
  }

  private static void write(List<Attribute> attributes, DataOutputStream out) throws IOException {
    out.writeInt(attributes.size());
    for (Attribute attribute : attributes) {
      out.writeUTF(attribute.name());
      out.writeBoolean(attribute.is(Flag.REQUIRED));
      write(attribute.type(), out);
      out.writeUTF(attribute.doc());
    }
  }

  private static void write(Type type, DataOutputStream out) throws IOException {
    if (type instanceof Type.EnumType words) {
      out.writeByte(Tag.WORDS.sign());
      out.writeInt(words.words().size());
      for (String word : words.words()) {
        out.writeUTF(word);
      }
    } else if (type instanceof Type.IntType number) {
      out.writeByte(Tag.INT.sign());
      out.writeLong(number.min());
      out.writeLong(number.max());
    } else if (type instanceof Type.ListType list) {
      out.writeByte(Tag.LIST.sign());
      write(list.element(), out);
    } else if (type instanceof Type.MapType map) {
      out.writeByte(Tag.MAP.sign());
      write(map.value(), out);
    } else if (type instanceof Type.ObjectType object) {
      out.writeByte(Tag.OBJECT.sign());
      write(object.attributes(), out);
    } else {
      out.writeByte(plain(type).sign());
    }
  }

  private static Tag plain(Type type) {
    if (type instanceof Type.TextType) {
      return Tag.TEXT;
    }
    if (type instanceof Type.DecimalType) {
      return Tag.DECIMAL;
    }
    return type instanceof Type.BoolType ? Tag.BOOL : Tag.ANY;
  }
}
