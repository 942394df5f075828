package dev.pgbound.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointerTest {

  @Test
  void textFormIsReadBackAsTheSamePointer() {
    Pointer pointer = Pointer.of("tasks", "hr").child("include").item(2);

    assertThat(pointer).hasToString("tasks.hr.include[2]");
    assertThat(Pointer.parse("tasks.hr.include[2]")).isEqualTo(pointer);
    assertThat(pointer.parent()).hasToString("tasks.hr.include");
    assertThat(pointer.last()).isEqualTo("[2]");
  }

  @Test
  void rootIsItsOwnParent() {
    assertThat(Pointer.ROOT.parent()).isEqualTo(Pointer.ROOT);
    assertThat(Pointer.ROOT).hasToString("");
    assertThat(Pointer.parse("")).isEqualTo(Pointer.ROOT);
  }

  @Test
  void findsValuesInMapsAndLists() {
    Value root =
        new Value.Fields(Map.of("a", new Value.Items(List.of(Value.of("x"), Value.of(5)))));

    assertThat(Pointer.parse("a[1]").find(root)).contains(Value.of(5));
    assertThat(Pointer.parse("a[2]").find(root)).isEmpty();
    assertThat(Pointer.parse("a.b").find(root)).isEmpty();
    assertThat(Pointer.parse("a[0].b").find(root)).isEmpty();
    assertThat(Pointer.ROOT.find(root)).contains(root);
  }
}
