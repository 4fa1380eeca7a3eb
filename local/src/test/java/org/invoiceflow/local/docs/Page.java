package org.invoiceflow.local.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A page in Markdown. */
record Page(String text) {

  private static final Pattern SQL = Pattern.compile("(?ms)^```sql\\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  /**
   * @param name below the repository's root
   */
  static Page read(String name) throws IOException {
    return new Page(Files.readString(repository().resolve(name)));
  }

  static Path repository() {
    return Path.of(System.getProperty("invoiceflow.root"));
  }

  /** What stands below a heading of the second level, to the next one or the end. */
  Page section(String heading) {
    int begin = text.indexOf("\n## " + heading + "\n");
    if (begin < 0) {
      throw new AssertionError("No section '" + heading + "'");
    }
    int end = text.indexOf("\n## ", begin + 1);
    return new Page(end < 0 ? text.substring(begin) : text.substring(begin, end));
  }

  List<String> sql() {
    return SQL.matcher(text).results().map(found -> found.group(1)).toList();
  }

  List<String> headings() {
    return HEADING.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The rows below the header of the table that begins with this header, cell by cell. */
  List<List<String>> table(String header) {
    int begin = text.indexOf("\n" + header + "\n");
    if (begin < 0) {
      throw new AssertionError("No table '" + header + "'");
    }
    List<List<String>> rows = new ArrayList<>();
    text.substring(begin + 1)
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .forEach(line -> rows.add(cells(line)));
    return rows;
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    return Pattern.compile("\\|")
        .splitAsStream(inner.substring(1, inner.length() - 1))
        .map(String::strip)
        .toList();
  }
}
