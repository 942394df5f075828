package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads attributes and their types off the shapes of the AWS API. */
final class DerivedAttributes {

  private DerivedAttributes() {}

  /** The members of a request, in the order of the API. */
  static List<Attribute> of(Class<? extends SdkPojo> request) {
    String operation = request.getSimpleName().replaceFirst("Request$", "");
    try {
      if (request.getMethod("builder").invoke(null) instanceof Buildable builder
          && builder.build() instanceof SdkPojo empty) {
        return members(empty, operation, "");
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(request + " cannot be built", e);
    }
    throw new IllegalStateException(request + " has no builder");
  }

  private static List<Attribute> members(SdkPojo shape, String operation, String path) {
    List<Attribute> attributes = new ArrayList<>();
    for (SdkField<?> field : shape.sdkFields()) {
      String doc = "`" + path + field.memberName() + "` of " + operation + ".";
      Type type = type(field, shape, operation, path + field.memberName() + ".");
      Attribute attribute = Attribute.named(Members.attributeName(field), type, doc);
      attributes.add(
          field.containsTrait(RequiredTrait.class) ? attribute.with(Flag.REQUIRED) : attribute);
    }
    return attributes;
  }

  private static Type type(SdkField<?> field, SdkPojo owner, String operation, String path) {
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> words(field, owner).orElseGet(Type::text);
      case INSTANT, SDK_BYTES -> Type.text();
      case BOOLEAN -> Type.bool();
      case BYTE, SHORT -> Type.integer();
      case INTEGER -> Type.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> Type.integer();
      case FLOAT, DOUBLE, BIG_DECIMAL -> Type.decimal();
      case SDK_POJO -> object(field, operation, path);
      case LIST -> {
        SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
        Optional<Type> words = words(field, owner);
        yield Type.sequence(words.orElseGet(() -> type(element, owner, operation, path)));
      }
      case MAP ->
          Type.map(type(field.getTrait(MapTrait.class).valueFieldInfo(), owner, operation, path));
      case NULL, DOCUMENT -> Type.any();
    };
  }

  private static Type object(SdkField<?> field, String operation, String path) {
    if (!(field.constructor().get() instanceof Buildable builder)
        || !(builder.build() instanceof SdkPojo shape)) {
      throw new IllegalStateException(path + " has no builder");
    }
    return Type.object(members(shape, operation, path));
  }

  /** The words of a member for which the SDK has an enum: as its getter returns it. */
  private static Optional<Type> words(SdkField<?> field, SdkPojo owner) {
    Optional<Class<?>> enumType = getter(field, owner).flatMap(DerivedAttributes::enumType);
    return enumType.map(
        type -> {
          List<String> words = new ArrayList<>();
          for (Object constant : type.getEnumConstants()) {
            if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
              words.add(constant.toString());
            }
          }
          return new Type.EnumType(words);
        });
  }

  private static Optional<Method> getter(SdkField<?> field, SdkPojo owner) {
    if (field.memberName() == null) {
      // the element of a list or a map
      return Optional.empty();
    }
    try {
      return Optional.of(owner.getClass().getMethod(Members.attributeName(field)));
    } catch (NoSuchMethodException e) {
      // a member whose name is a Java keyword: the SDK calls its getter otherwise
      return Optional.empty();
    }
  }

  private static Optional<Class<?>> enumType(Method getter) {
    if (getter.getReturnType().isEnum()) {
      return Optional.of(getter.getReturnType());
    }
    return getter.getGenericReturnType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> element
            && element.isEnum()
            && List.class.isAssignableFrom(getter.getReturnType())
        ? Optional.of(element)
        : Optional.empty();
  }
}
