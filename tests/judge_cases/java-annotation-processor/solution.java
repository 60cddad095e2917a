import java.util.Set;
import javax.annotation.processing.*;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
class Asked extends AbstractProcessor {
    static {
        System.out.println("asked");
        System.exit(1);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        throw new IllegalStateException();
    }
}

@SuppressWarnings("all")
class Solution {
    @Deprecated
    long f(long n) {
        return n;
    }
}
