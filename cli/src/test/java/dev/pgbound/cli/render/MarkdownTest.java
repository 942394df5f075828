package dev.pgbound.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void leavesPlainWordsAlone() {
    String sentence = "All data of the target is deleted; it can't be undone (really).";

    assertThat(Markdown.text(sentence)).isEqualTo(sentence);
  }

  @Test
  void makesCodeOfWhatIsNoPlainWord() {
    assertThat(Markdown.text("Allow it with --allow destroys-data:db-cluster.target"))
        .isEqualTo("Allow it with `--allow destroys-data:db-cluster.target`");
    assertThat(Markdown.text("ask @octocat about #12 now"))
        .isEqualTo("ask `@octocat` about `#12` now");
    assertThat(Markdown.text("<b>x</b> *y* www.example.com"))
        .isEqualTo("`<b>x</b> *y* www.example.com`");
  }

  @Test
  void makesCodeOfWhatLooksLikeACommit() {
    assertThat(Markdown.text("since deadbeef and 0123456 it is"))
        .isEqualTo("since `deadbeef` and `0123456` it is");
  }

  @Test
  void putsMoreTicksAroundCodeThanItHolds() {
    assertThat(Markdown.code("a``b")).isEqualTo("```a``b```");
    assertThat(Markdown.code("`a")).isEqualTo("`` `a ``");
    assertThat(Markdown.code("")).isEqualTo("`\"\"`");
    assertThat(Markdown.fenced("diff", "+ ```\n")).isEqualTo("````diff\n+ ```\n````\n");
  }

  @Test
  void keepsCodeOnOneLine() {
    assertThat(Markdown.code("a\n# b")).isEqualTo("`a\\n# b`");
  }

  @Test
  void keepsPipesOutOfCells() {
    assertThat(Markdown.cellCode("a|b\\|c")).isEqualTo("`a￨b\\￨c`");
    assertThat(Markdown.cellText("a | b")).doesNotContain("|");
  }

  @Test
  void cannotBeMadeToEndAComment() {
    assertThat(Markdown.commented("a --> b--c")).isEqualTo("a%20-%2d%3e%20b-%2dc");
  }
}
