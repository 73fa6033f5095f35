package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The package of the local engine for each platform, and its folder. */
final class DynoxideTest {

  private static final Path HOME = Path.of("/home/someone");

  /** The values of os.name and os.arch that JDKs report. */
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64",
    "Linux, aarch64, linux-arm64",
    "Mac OS X, x86_64, darwin-x64",
    "Mac OS X, aarch64, darwin-arm64",
    "Windows 11, amd64, win32-x64",
    "Windows Server 2022, amd64, win32-x64",
  })
  void each_platform_has_its_package(String osName, String osArch, String platform) {
    assertThat(Dynoxide.of(osName, osArch, Map.of(), HOME).platform()).isEqualTo(platform);
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, aarch64", "Linux, riscv64", "SunOS, sparcv9"})
  void an_unsupported_platform_is_refused_with_an_alternative_in_the_message(
      String osName, String osArch) {
    assertThatThrownBy(() -> Dynoxide.of(osName, osArch, Map.of(), HOME))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains(osName, osArch, "-Ddynamodb=URL");
  }

  @Test
  void the_engine_is_installed_in_the_users_cache_folder_of_the_platform() {
    String version = "screenful/dynoxide-%s-".formatted(Dynoxide.VERSION);

    assertThat(folder("Linux", Map.of()))
        .isEqualTo(HOME.resolve(".cache").resolve(version + "linux-x64"));
    assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "/cache")))
        .isEqualTo(Path.of("/cache").resolve(version + "linux-x64"));
    assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "relative"))) // not valid by XDG's rules
        .isEqualTo(HOME.resolve(".cache").resolve(version + "linux-x64"));
    assertThat(folder("Mac OS X", Map.of()))
        .isEqualTo(HOME.resolve("Library/Caches").resolve(version + "darwin-x64"));
    assertThat(folder("Windows 11", Map.of()))
        .isEqualTo(HOME.resolve("AppData/Local").resolve(version + "win32-x64"));
    assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/data")))
        .isEqualTo(Path.of("/data").resolve(version + "win32-x64"));
  }

  private static Path folder(String osName, Map<String, String> environment) {
    return Dynoxide.of(osName, "amd64", environment, HOME).folder();
  }
}
