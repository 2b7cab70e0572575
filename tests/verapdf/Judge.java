import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF about files: reads lines "flavour TAB path", answers "pass", "fail" or "error" and findings, then a dot. */
public final class Judge {
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        java.util.logging.Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] parts = line.split("\t", 2);
            try {
                answer(PDFAFlavour.byFlavourId(parts[0]), new File(parts[1]));
            } catch (Exception | LinkageError error) {
                System.out.println("error\t" + String.valueOf(error).replaceAll("\\s+", " "));
            }
            System.out.println(".");
            System.out.flush();
        }
    }

    private static void answer(PDFAFlavour flavour, File file) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, 200, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(result.isCompliant() ? "pass" : "fail");
            for (TestAssertion assertion : result.getTestAssertions()) {
                String finding = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                        + " " + assertion.getMessage() + " at " + assertion.getLocation().getContext();
                System.out.println(finding.replaceAll("\\s+", " "));
            }
        }
    }
}
