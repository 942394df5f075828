package dev.pgbound.simulator.service.dms;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointSettingsRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointSettingsResponse;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointTypesRequest;
import software.amazon.awssdk.services.databasemigration.model.DescribeEndpointTypesResponse;
import software.amazon.awssdk.services.databasemigration.model.EndpointSetting;
import software.amazon.awssdk.services.databasemigration.model.EndpointSettingTypeValue;
import software.amazon.awssdk.services.databasemigration.model.Filter;
import software.amazon.awssdk.services.databasemigration.model.ReplicationEndpointTypeValue;
import software.amazon.awssdk.services.databasemigration.model.SupportedEndpointType;

/** Which engines there are, and which settings their endpoints have. */
final class EndpointCatalogue {

  void register(Operations operations) {
    operations
        .on("DescribeEndpointTypes", DescribeEndpointTypesRequest::builder, this::describeTypes)
        .on(
            "DescribeEndpointSettings",
            DescribeEndpointSettingsRequest::builder,
            this::describeSettings);
  }

  private DescribeEndpointTypesResponse describeTypes(DescribeEndpointTypesRequest request) {
    PageRequest part = new PageRequest(request.filters(), request.maxRecords(), request.marker());
    part.checkLimit(PageRequest.USUAL);
    List<SupportedEndpointType> found = new ArrayList<>();
    for (EndpointEngine engine : EndpointEngine.values()) {
      for (ReplicationEndpointTypeValue end : engine.ends()) {
        SupportedEndpointType type = type(engine, end);
        if (part.filters().stream().allMatch(filter -> matches(type, filter))) {
          found.add(type);
        }
      }
    }
    Page<SupportedEndpointType> page = part.page(found);
    return DescribeEndpointTypesResponse.builder()
        .supportedEndpointTypes(page.items())
        .marker(page.next())
        .build();
  }

  private static SupportedEndpointType type(
      EndpointEngine engine, ReplicationEndpointTypeValue end) {
    return SupportedEndpointType.builder()
        .engineName(engine.engineName())
        .engineDisplayName(engine.displayName())
        .endpointType(end.toString().toUpperCase(Locale.ROOT))
        .supportsCDC(true)
        .build();
  }

  private static boolean matches(SupportedEndpointType type, Filter filter) {
    String value =
        switch (filter.name()) {
          case "engine-name" -> type.engineName();
          case "endpoint-type" -> type.endpointTypeAsString();
          default -> throw Refusals.invalidValue("Invalid filter name: " + filter.name());
        };
    return filter.values().stream().anyMatch(value::equalsIgnoreCase);
  }

  private DescribeEndpointSettingsResponse describeSettings(
      DescribeEndpointSettingsRequest request) {
    EndpointEngine engine =
        EndpointEngine.named(Refusals.required(request.engineName(), "EngineName"));
    PageRequest part = new PageRequest(List.of(), request.maxRecords(), request.marker());
    part.checkLimit(PageRequest.USUAL);
    Page<EndpointSetting> page =
        part.page(
            engine.settingsBuilder().sdkFields().stream().map(EndpointCatalogue::setting).toList());
    return DescribeEndpointSettingsResponse.builder()
        .endpointSettings(page.items())
        .marker(page.next())
        .build();
  }

  private static EndpointSetting setting(SdkField<?> field) {
    return EndpointSetting.builder()
        .name(field.memberName())
        .type(type(field))
        .sensitive(EndpointMembers.isSecret(field.memberName()))
        .build();
  }

  private static EndpointSettingTypeValue type(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case BOOLEAN -> EndpointSettingTypeValue.BOOLEAN;
      case INTEGER, LONG, SHORT, BYTE -> EndpointSettingTypeValue.INTEGER;
      case NULL,
          STRING,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          INSTANT,
          SDK_BYTES,
          SDK_POJO,
          LIST,
          MAP,
          DOCUMENT ->
          EndpointSettingTypeValue.STRING;
    };
  }
}
